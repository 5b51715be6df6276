using System.CommandLine;

namespace Ingest.Worker.Commands.Help;

/// <summary><c>manual</c>: the page for <c>man</c>.</summary>
internal static class ManualCommand
{
    public static Command Create(Func<Command> program)
    {
        var command = new Command("manual", "Print the manual page: ingest-worker manual | man -l -.");
        command.SetAction(_ => Console.Out.Write(ManualPage.Of(program())));
        return command;
    }
}
