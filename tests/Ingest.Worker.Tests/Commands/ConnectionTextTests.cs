using CsCheck;
using Ingest.Worker.Commands.Sessions;
using Npgsql;

namespace Ingest.Worker.Tests.Commands;

public sealed class ConnectionTextTests
{
    [Theory]
    [InlineData("postgres://me:pw@db.example:5433/news?sslmode=require", "Host=db.example;Port=5433;Database=news;Username=me;Password=pw;SSL Mode=Require")]
    [InlineData("postgresql://db.example/news", "Host=db.example;Database=news")]
    [InlineData("postgresql://me:p%40%2F%3A%3B%27w@db.example/news", "Host=db.example;Database=news;Username=me;Password=\"p@/:;'w\"")]
    [InlineData("postgresql://me:p?w@db.example", "Host=db.example;Username=me;Password=p?w")]
    [InlineData("postgresql://[2001:db8::1]:5433/news", "Host=2001:db8::1;Port=5433;Database=news")]
    [InlineData(
        "postgresql://a:5433,b,c:1/news?target_session_attrs=read-write&load_balance_hosts=random",
        "Host=\"a:5433,b,c:1\";Database=news;Target Session Attributes=read-write;Load Balance Hosts=true")]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/news", "Host=/var/run/postgresql;Database=news")]
    [InlineData("postgresql:///news?host=/tmp&port=5433&user=me&password=p%26w", "Host=/tmp;Port=5433;Database=news;Username=me;Password=p&w")]
    [InlineData("postgres://h/d?sslmode=verify-full&sslrootcert=/ca.pem&application_name=a%20b&options=-c%20statement_timeout%3D5s&connect_timeout=3&"
        + "client_encoding=utf8",
        "Host=h;Database=d;SSL Mode=VerifyFull;Root Certificate=/ca.pem;Application Name=\"a b\";Options=\"-c statement_timeout=5s\";Timeout=3")]
    [InlineData("postgres://h/d?sslrootcert=system", "Host=h;Database=d;SSL Mode=VerifyFull")]
    [InlineData("Server=h;Database=d;User Id=me;Pwd='a;b=c'", "Host=h;Database=d;Username=me;Password=\"a;b=c\"")]
    public void A_connection_is_read_as_it_is_written(string text, string meant)
    {
        var (connection, fault) = ConnectionText.Read(text);
        fault.ShouldBeNull();
        new NpgsqlConnectionStringBuilder(connection).EquivalentTo(new NpgsqlConnectionStringBuilder(meant)).ShouldBeTrue(connection);
    }

    [Theory]
    [InlineData("Host=h;Databse=d", "the unknown key 'databse' (did you mean Database?)")]
    [InlineData("Host=h;Password=S3cret;cr=et", "something behind Password that is not a key: a password that holds ;")]
    [InlineData("Host=h;Password=S3;cret", "is not a connection string")]
    [InlineData("S3cret", "is not a connection string")]
    [InlineData("Host=h;Port=S3cret", "wrong value for port: give a whole number")]
    [InlineData("Host=h;Port=99999", "wrong value for Port: give a whole number")]
    [InlineData("postgres://me:S3cret@h:99999/d", "wrong value for Port: give a whole number")]
    [InlineData("Host=h;SSL Mode=S3cret", "give Disable, Allow")]
    [InlineData("Host=h;Pooling=S3cret", "give true or false")]
    [InlineData("Host=h;Timeout=-5", "wrong value for timeout")]
    [InlineData("Database=d;Password=S3cret", "names no host")]
    [InlineData("host=h port=1 dbname=d password=S3cret", "has an invalid host")]
    [InlineData("postgress://me:S3cret@h/d?sslmode=require", "has an unknown key")]
    [InlineData("postgres://me:S3c@ret@h/d", "has an @ behind its host")]
    [InlineData("postgres://me:S3c/ret@h/d", "has an @ behind its host")]
    [InlineData("postgres://me:S3cret%@h/d", "a % that begins no valid escape")]
    [InlineData("postgres://me:S3cret@h:port/d", "an invalid host or port")]
    [InlineData("postgres://me:S3cret@h/d?sslmode=perhaps", "give Disable, Allow")]
    [InlineData("postgres://me:S3cret@h/d?sslcrl=/x", "the parameter sslcrl, which cannot be translated")]
    [InlineData("postgres://me:S3cret@h/d?client_encoding=LATIN1", "the parameter client_encoding")]
    public void A_wrong_connection_is_told_in_one_sentence_without_its_values(string text, string says)
    {
        var (connection, fault) = ConnectionText.Read(text);
        connection.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldSatisfyAllConditions(
            () => fault.ShouldContain(says), () => fault.ShouldNotContain("S3c"), () => fault.ShouldNotContain('\n'), () => fault.ShouldEndWith("."));
    }

    [Fact]
    public void Whatever_is_written_no_piece_of_a_password_is_told() =>
        Gen.Select(
            Gen.String[Gen.Char[";='\"@:/?%& a#"], 0, 12],
            Gen.OneOf(
                [
                    .. new[]
                    {
                        "Host=h;Database=d;Password=Kx{0}Qz9",
                        "postgres://me:Kx{0}Qz9@h/d",
                        "Kx{0}Qz9",
                        "Host=h;Port=Kx{0}Qz9",
                        "postgres://h/d?password=Kx{0}Qz9",
                        "Password=Kx{0}Qz9;Host=h",
                    }.Select(static shape => Gen.Const(shape)),
                ]))
            .Sample(static (special, shape) =>
            {
                var (connection, fault) = ConnectionText.Read(shape.Replace("{0}", special, StringComparison.Ordinal));
                (connection is null).ShouldBe(fault is not null);
                (fault ?? "")
                    .ShouldSatisfyAllConditions(
                        () => (fault ?? "").ShouldNotContain("Qz9", Case.Insensitive), () => (fault ?? "").ShouldNotContain("Kx", Case.Insensitive));
            });

    [Fact]
    public async Task A_connection_may_stand_in_a_file()
    {
        var ct = TestContext.Current.CancellationToken;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "\uFEFFpostgres://me:pw@h/d\r\n", ct);
            new NpgsqlConnectionStringBuilder((await ConnectionText.ReadAsync($"file:{file}", ct)).Connection).Database.ShouldBe("d");
            await File.WriteAllTextAsync(file, "Host=h;Prt=S3cret", ct);
            (await ConnectionText.ReadAsync($"file:{file}", ct))
                .Fault.ShouldBe($"ConnectionStrings:Ingest has the unknown key 'prt' (did you mean Port?). (file:{file})");
            await File.WriteAllTextAsync(file, "\n", ct);
            (await ConnectionText.ReadAsync($"file:{file}", ct)).Fault.ShouldBe($"ConnectionStrings:Ingest is file:{file}, and {file} is empty.");
        }
        finally
        {
            File.Delete(file);
        }

        (await ConnectionText.ReadAsync($"file:{file}", ct)).Fault.ShouldBe($"ConnectionStrings:Ingest is file:{file}, and {file} is not there.");
        (await ConnectionText.ReadAsync("env:INGEST_NOT_SET", ct))
            .Fault.ShouldBe("ConnectionStrings:Ingest is env:INGEST_NOT_SET, and the environment variable INGEST_NOT_SET is not set.");
    }
}
