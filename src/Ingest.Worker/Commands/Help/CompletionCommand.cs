using System.CommandLine;

namespace Ingest.Worker.Commands.Help;

/// <summary><c>completion bash|zsh|fish</c>: a script for the shell, which asks the program itself what may follow.</summary>
internal static class CompletionCommand
{
    // Of bash's words only those up to the cursor; where the program knows nothing, files are offered.
    private const string Bash = """
        # Completion of ingest-worker for bash: source <(ingest-worker completion bash)
        _ingest_worker() {
          local IFS=$'\n'
          COMPREPLY=($("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
        }
        complete -o default -F _ingest_worker ingest-worker
        """;

    private const string Zsh = """
        #compdef ingest-worker
        # Completion of ingest-worker for zsh: source <(ingest-worker completion zsh)
        _ingest_worker() {
          local -a found
          found=("${(@f)$("${words[1]}" complete -- "${(@)words[2,$CURRENT]}" 2>/dev/null)}")
          if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
        }
        compdef _ingest_worker ingest-worker
        """;

    private const string Fish = """
        # Completion of ingest-worker for fish: ingest-worker completion fish | source
        function __ingest_worker
          set -l given (commandline -opc) (commandline -ct)
          $given[1] complete -- $given[2..-1] 2>/dev/null
        end
        complete -c ingest-worker -a '(__ingest_worker)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command(
            "completion", "Print a script that completes verbs, options and names of sources in a shell: source <(ingest-worker completion bash).")
        { shell };
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) switch { "zsh" => Zsh, "fish" => Fish, _ => Bash }));
        return command;
    }
}
