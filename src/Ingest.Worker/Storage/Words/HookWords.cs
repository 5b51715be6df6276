using Ingest.Text;

namespace Ingest.Worker.Storage.Words;

/// <summary>Whether a webhook is served.</summary>
internal enum HookState
{
    [Word("active")]
    Active,

    [Word("disabled", "its receiver answered 410; another Url in the settings begins again")]
    Disabled,

    [Word("removed", "left the settings, or is switched off in them; it goes on from its cursor when it comes back")]
    Removed,
}
