using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Storage.Sql;

/// <summary>Writes the reference of the schema from the comments that its objects carry.</summary>
internal sealed class SchemaReference(Database database)
{
    private const string Relations = """
        select case c.relkind when 'v' then 'view' else 'table' end, c.relname, obj_description(c.oid), a.attname, format_type(a.atttypid, a.atttypmod),
          col_description(c.oid, a.attnum)
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'ingest'::regnamespace and c.relkind in ('r', 'v', 'p') and not c.relispartition
        order by 1, c.relname <> 'articles', c.relname, a.attnum
        """;

    private const string Functions = """
        select p.proname || '(' || pg_get_function_arguments(p.oid) || ')', obj_description(p.oid, 'pg_proc')
        from pg_proc p where p.pronamespace = 'ingest'::regnamespace and p.prorettype <> 'trigger'::regtype
          and has_function_privilege('ingest_reader', p.oid, 'execute')
        order by p.proname
        """;

    /// <summary>Markdown: each table and view with its columns, then the functions that readers may call.</summary>
    public Task<string> WriteAsync(CancellationToken ct) => database.ReadAsync(
        static async (connection, ct) =>
        {
            var text = new StringBuilder();
            await WriteRelationsAsync(connection, text, ct);
            await WriteFunctionsAsync(connection, text, ct);
            return text.ToString();
        },
        ct);

    private static async Task WriteRelationsAsync(NpgsqlConnection connection, StringBuilder text, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Relations, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var current = "";
        while (await reader.ReadAsync(ct))
        {
            var name = reader.GetString(1);
            if (name != current)
            {
                if (current.Length > 0) text.Append("\n</details>\n\n");
                text.Append("<details><summary>").Append(reader.GetString(0))
                    .Append(" <code>")
                    .Append(name)
                    .Append("</code>: ")
                    .Append(Escape(reader.GetString(2)))
                    .Append("</summary>\n\n| column | type | meaning |\n|---|---|---|\n");
                current = name;
            }

            text.Append("| `").Append(reader.GetString(3))
                .Append("` | ")
                .Append(reader.GetString(4))
                .Append(" | ")
                .Append(Escape(reader.GetString(5)))
                .Append(" |\n");
        }

        text.Append("\n</details>\n\n");
    }

    private static async Task WriteFunctionsAsync(NpgsqlConnection connection, StringBuilder text, CancellationToken ct)
    {
        text.Append("| function | does |\n|---|---|\n");
        await using var command = new NpgsqlCommand(Functions, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            text.Append("| `").Append(Escape(reader.GetString(0))).Append("` | ").Append(Escape(reader.GetString(1))).Append(" |\n");
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
