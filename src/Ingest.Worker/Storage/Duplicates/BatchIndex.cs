namespace Ingest.Worker.Storage.Duplicates;

/// <summary>The samples of a batch that is not written yet.</summary>
internal sealed class BatchIndex
{
    private readonly Dictionary<int, List<SearchedText>> byGroup = [];

    public void Add(SearchedText text)
    {
        foreach (var group in text.Sample.ToKeep)
        {
            if (!byGroup.TryGetValue(group, out var texts)) byGroup.Add(group, texts = []);
            if (texts.Count < DuplicateReader.MostOfGroup) texts.Add(text);
        }
    }

    public IEnumerable<SearchedText> Find(SearchedText text) => text.Sample.ToAsk
        .SelectMany(group => byGroup.TryGetValue(group, out var texts) ? texts : [])
        .GroupBy(static found => found.Key).Where(static found => found.Count() >= DuplicateReader.FewestShared)
        .OrderByDescending(static found => found.Count()).Take(DuplicateReader.MostCandidates).Select(static found => found.First());
}
