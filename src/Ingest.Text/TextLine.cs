namespace Ingest.Text;

/// <summary>A line of a text file, without its line feed.</summary>
/// <param name="Text">Its text; only the beginning when it was cut.</param>
/// <param name="IsCut">The line is longer than anyone should hold; the rest of it was skipped.</param>
/// <param name="IsRepaired">It held bytes that are not UTF-8; they read as U+FFFD.</param>
public readonly record struct TextLine(string Text, bool IsCut = false, bool IsRepaired = false);
