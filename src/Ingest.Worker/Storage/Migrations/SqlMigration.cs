using Ingest.Worker.Storage.Sql;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>
/// A migration whose steps are files of SQL beside it. It leads to the next version only. Functions and views are not its business but where one goes or
/// gets other parameters: then it drops the old one, and that in <c>Sql</c> is made after all migrations.
/// </summary>
internal abstract class SqlMigration(params string[] files) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var file in files) migrationBuilder.Sql(SqlFile.Read($"migrations/{file}.sql"));
    }
}
