using System.CommandLine;
using System.Reflection;
using System.Text;

namespace Ingest.Worker.Commands.Help;

/// <summary>The manual page, made of the same definitions as the help (man(7)).</summary>
internal static class ManualPage
{
    private const string Contents = """
        .SH EXIT STATUS
        .TP
        .B 0
        Done.
        .TP
        .B 1
        Failed, in whole or in part; what and why is said on standard error.
        .TP
        .B 2
        The command line or the settings were wrong.
        .TP
        .BR 129 ", " 130 ", " 143
        Ended by SIGHUP, SIGINT or SIGTERM before it was through.
        .SH FILES
        .TP
        .I appsettings.json
        The settings: those of
        .BR \-\-config ,
        else of the working folder, else of
        .I /etc/ingest\-worker
        (or beside the program). Variables such as
        .B Ingest__Fetching__ContactUrl
        override them.
        .TP
        .I /var/lib/ingest\-worker
        The embedded PostgreSQL of root;
        .I ~/.local/share/ingest\-worker
        of everybody else.
        .SH SEE ALSO
        .BR psql (1)

        """;

    public static string Of(Command program)
    {
        var page = new StringBuilder();
        var version = typeof(ManualPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        page.Append("'\\\" Made by \"ingest-worker manual\".\n");
        Add(page, $".TH {Escaped(program.Name.ToUpperInvariant())} 1 \"\" \"{Escaped($"{program.Name} {version}")}\" \"User Commands\"\n");
        Add(page, $".SH NAME\n{Escaped(program.Name)} \\- {Text(program.Description)}\n");
        Add(page, $".SH SYNOPSIS\n.B {Escaped(program.Name)}\n[\\fIVERB\\fR] [\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]\n");
        page.Append(".SH DESCRIPTION\nWithout a verb the service runs. Results go to standard output, messages to standard error.\n");
        page.Append(".SH OPTIONS\n");
        foreach (var option in Shown(program)) Option(page, option);
        page.Append(".SH VERBS\n");
        foreach (var verb in program.Subcommands) Verb(page, verb, verb.Name);
        return page.Append(Contents).ToString();
    }

    // As a text, and not part by part in the culture of the moment.
    private static void Add(StringBuilder page, string text) => page.Append(text);

    private static void Verb(StringBuilder page, Command command, string path)
    {
        if (command.Hidden) return;
        foreach (var inner in command.Subcommands) Verb(page, inner, $"{path} {inner.Name}");
        if (command.Action is null) return;
        Add(page, $".SS {Escaped(path)}{string.Concat(command.Arguments.Select(Usage))}{(Shown(command).Any() ? " [\\fIOPTIONS\\fR]" : "")}\n");
        Add(page, $"{Text(command.Description)}\n");
        foreach (var argument in command.Arguments) Add(page, $".TP\n.I {Escaped(argument.Name.ToUpperInvariant())}\n{Text(argument.Description)}\n");
        foreach (var option in Shown(command)) Option(page, option);
    }

    private static IEnumerable<Option> Shown(Command command) => command.Options.Where(static option => !option.Hidden);

    private static string Usage(Argument argument)
    {
        var name = $"\\fI{Escaped(argument.Name.ToUpperInvariant())}\\fR{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}";
        return argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
    }

    private static void Option(StringBuilder page, Option option)
    {
        var names = option.Aliases.Prepend(option.Name).Where(static name => name.StartsWith('-') && name != "-?");
        var value = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool)
            ? $" \\fI{Escaped(option.Name.TrimStart('-').ToUpperInvariant())}\\fR"
            : "";
        Add(page, $".TP\n{string.Join(", ", names.Select(static name => $"\\fB{Escaped(name)}\\fR"))}{value}\n{Text(option.Description)}\n");
    }

    // A line that begins with a dot or an apostrophe would be a request.
    private static string Text(string? text)
    {
        var line = Escaped((text ?? "").Replace('\n', ' '));
        return line.StartsWith('.') || line.StartsWith('\'') ? $"\\&{line}" : line;
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("…", "...", StringComparison.Ordinal);
}
