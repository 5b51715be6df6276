using Npgsql;

namespace Ingest.Worker.Storage.Tables;

/// <summary>A column of <c>ingest.articles</c>; by itself one that only statements know, by its name.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">As PostgreSQL names it.</param>
/// <param name="clrType">Of its property of <see cref="ArticleRow"/>.</param>
internal class ArticleColumn(string name, string type, Type clrType)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    public Type ClrType { get; } = clrType;

    /// <summary>Its property of <see cref="ArticleRow"/>: <c>ImageUrl</c> for <c>image_url</c>.</summary>
    public string PropertyName { get; } = string.Concat(name.Split('_').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>What it means, for readers of the schema.</summary>
    public required string Comment { get; init; }

    /// <summary>Whether a row may have none.</summary>
    public bool IsNullable { get; init; }
}

/// <summary>Who uses a column beside the statements that name it themselves.</summary>
[Flags]
internal enum ColumnUse
{
    None = 0,

    /// <summary>Whoever reads articles reads it.</summary>
    Read = 1,

    /// <summary>It is written with each text.</summary>
    Written = 2,

    /// <summary>Archives have it.</summary>
    Archived = 4,
}

/// <summary>What a text of an archive is made, whoever wrote it.</summary>
internal enum TextShape
{
    /// <summary>It stays as it is, or is looked after elsewhere.</summary>
    Verbatim,

    /// <summary>One line.</summary>
    Line,

    /// <summary>Paragraphs separated by a blank line.</summary>
    Body,

    /// <summary>One of <see cref="Text.Origins"/>, or a stranger's word.</summary>
    Origin,
}

/// <summary>A column with its place in a row.</summary>
internal abstract class PlacedColumn(string name, string type, Type clrType) : ArticleColumn(name, type, clrType)
{
    public required ColumnUse Use { get; init; }

    public TextShape Shape { get; init; }

    /// <summary>Whether few different values stand in it: an archive writes each of them once.</summary>
    public bool IsRepetitive { get; init; }

    /// <summary>Its value in a statement that writes, from the arrays <c>x</c>.</summary>
    public abstract string Value { get; }

    /// <summary>Reads a value into a row.</summary>
    public abstract void Read(NpgsqlDataReader reader, int at, ArticleRow row);

    /// <summary>Adds the values of rows, an array.</summary>
    public abstract void Add(NpgsqlBatchCommand command, IReadOnlyList<ArticleRow> rows);
}

/// <summary>A column with its place in a row.</summary>
/// <typeparam name="T">What a row has of it.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="type">How PostgreSQL has it.</param>
/// <param name="get">Takes it from a row.</param>
/// <param name="set">Puts it into a row.</param>
internal sealed class PlacedColumn<T>(string name, SqlType<T> type, Func<ArticleRow, T?> get, Action<ArticleRow, T?> set)
    : PlacedColumn(name, type.Name, typeof(T))
{
    public Func<ArticleRow, T?> Get { get; } = get;

    public Action<ArticleRow, T?> Set { get; } = set;

    public override string Value { get; } = type.Unpack($"x.{name}");

    public override void Read(NpgsqlDataReader reader, int at, ArticleRow row)
    {
        if (!IsNullable || !reader.IsDBNull(at)) Set(row, type.Read(reader, at));
    }

    public override void Add(NpgsqlBatchCommand command, IReadOnlyList<ArticleRow> rows) => type.Add(command, rows, Get);
}
