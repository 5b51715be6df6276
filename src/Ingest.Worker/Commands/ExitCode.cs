namespace Ingest.Worker.Commands;

/// <summary>What commands exit with.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    public const int Failed = 1;

    /// <summary>The command line or the settings were wrong, which trying again does not cure: the systemd unit does not.</summary>
    public const int Usage = 2;

    // A signal ended it before it was through: 128 and the signal's number, as shells count.
    public const int HungUp = 129;

    public const int Interrupted = 130;

    public const int Terminated = 143;
}
