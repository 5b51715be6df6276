using System.Collections;
using System.Globalization;
using System.IO;
using System.Text;
using Ingest.Text.Secrets;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Ingest.Worker.Operations;

/// <summary>Stands before a formatter of the console log: messages, values, scopes and errors come to it as harmless lines without secrets.</summary>
/// <param name="inner">The formatter.</param>
/// <param name="outage">While it lasts, what follows from it is left out; null where no database is worked with.</param>
internal sealed class SafeFormatter(ConsoleFormatter inner, Outage? outage) : ConsoleFormatter(inner.Name)
{
    /// <summary>Puts one before each formatter that is registered.</summary>
    public static void Register(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { ServiceType: var type, ImplementationType: { } formatter } && type == typeof(ConsoleFormatter))
                services[i] = ServiceDescriptor.Singleton<ConsoleFormatter>(
                    provider => new SafeFormatter(
                        (ConsoleFormatter)ActivatorUtilities.CreateInstance(provider, formatter), provider.GetService<Outage>()));
        }
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (outage?.Length is not null && OutageEchoes.Hides(logEntry.Category, logEntry.EventId.Id, logEntry.Exception)) return;
        var message = SafeLine.Of(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var state = new Told(message, logEntry.State as IEnumerable<KeyValuePair<string, object?>> ?? []);
        var error = logEntry.Exception is null ? null : new ToldException(logEntry.Exception);
        var entry = new LogEntry<Told>(logEntry.LogLevel, SafeLine.Of(logEntry.Category), logEntry.EventId, state, error, static (told, _) => told.ToString());
        inner.Write(entry, scopeProvider is null ? null : new ToldScopes(scopeProvider), textWriter);
    }

    private static object? Safe(object? value) => value switch
    {
        null or bool or int or long or double or TimeSpan or DateTimeOffset or Enum => value,
        _ => SafeLine.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private sealed class Told(string message, IEnumerable<KeyValuePair<string, object?>> values) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        private readonly List<KeyValuePair<string, object?>> values =
        [
            .. values.Select(static value => KeyValuePair.Create(SafeLine.Of(value.Key), Safe(value.Value))),
        ];

        public int Count => values.Count;

        public KeyValuePair<string, object?> this[int index] => values[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => message;
    }

    /// <summary>An error as it is told: only the lines of its stack stay lines.</summary>
    private sealed class ToldException(Exception error) : Exception(SafeLine.Of(error.Message))
    {
        public override string? StackTrace => error.StackTrace;

        public override string ToString() => Tell(new StringBuilder(), error).ToString();

        private static StringBuilder Tell(StringBuilder told, Exception error)
        {
            told.Append(error.GetType()).Append(": ").Append(SafeLine.Of(error.Message));
            IEnumerable<Exception> causes = error is AggregateException many ? many.InnerExceptions : error.InnerException is { } cause ? [cause] : [];
            foreach (var inner in causes) Tell(told.Append(Environment.NewLine).Append(" ---> "), inner);
            return error.StackTrace is { } stack ? told.Append(Environment.NewLine).Append(stack) : told;
        }
    }

    private sealed class ToldScopes(IExternalScopeProvider inner) : IExternalScopeProvider
    {
        public void ForEachScope<TState>(Action<object?, TState> callback, TState state) =>
            inner.ForEachScope((scope, outer) => callback(Safe(scope), outer), state);

        public IDisposable Push(object? state) => inner.Push(state);
    }
}
