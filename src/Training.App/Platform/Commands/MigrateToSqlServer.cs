using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Moving;
using Training.Data.Providers;
using Training.Data.Sqlite;
using Training.Data.SqlServer;

namespace Training.App.Platform.Commands;

/// <summary>
/// The way out of one machine: every table goes to an empty database of a server and is read back and compared. The SQLite file is left as
/// it was, and documents and keys stay where they are, in the storage folder.
/// </summary>
[Command(
    "migrate-to sqlserver", "", $"Moves everything from the SQLite database to the empty SQL Server database named by {Variable}, and compares (the application must be stopped).",
    NeedsDatabase = false)]
internal sealed class MigrateToSqlServer(IServiceProvider services, IConfiguration configuration, TimeProvider time) : ICommand
{
    /// <summary>Names the target; a password does not belong on a command line.</summary>
    public const string Variable = "ConnectionStrings__SqlServer";

    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (arguments.Words.Count > 0) throw new CommandException("\"migrate-to sqlserver\" takes nothing more: the target comes from the environment.");
        var source = services.GetService<SqliteProvider>() ?? throw new CommandException("The database is a server's already: leave Database__Provider at Sqlite, which is the source.");
        var connection = configuration.GetConnectionString("SqlServer");
        if (string.IsNullOrWhiteSpace(connection)) throw new CommandException($"{Variable} must hold the connection string of the empty database to move to.");
        var server = new SqlServerProvider(connection, services.GetRequiredService<Configuration.AppOptions>().SqlServerMaxBatchSize);
        try
        {
            return await MoveAsync(source, server, async (db, token) => await SqlServerMoveTarget.OpenAsync(db, token), output, time, cancellationToken);
        }
        catch (Exception fault) when ((fault as SqlException ?? fault.InnerException as SqlException) is not null)
        {
            // Its text may name server and login: the number says what an operator can look up.
            var number = (fault as SqlException ?? fault.InnerException as SqlException)!.Number;
            throw new CommandException($"The server did not answer or refused (error {number}); the target is of no use as it is, the SQLite database is as it was. Mend the cause, drop the target, start again.");
        }
    }

    /// <summary>The move itself, whatever the target.</summary>
    /// <returns>The exit code: 1 when a table is not there as it was.</returns>
    internal static async Task<int> MoveAsync<TTarget>(
        SqliteProvider from, IDatabaseProvider to, Func<TrainingDbContext, CancellationToken, Task<TTarget>> open, TextWriter output, TimeProvider time,
        CancellationToken cancellationToken)
        where TTarget : IMoveTarget, IAsyncDisposable
    {
        var began = time.GetTimestamp();
        if (!File.Exists(new SqliteConnectionStringBuilder(from.ConnectionString).DataSource)) throw new CommandException("There is no SQLite database to move.");
        try
        {
            await using var source = await SqliteMoveSource.OpenAsync(from, cancellationToken);
            var options = new DbContextOptionsBuilder<TrainingDbContext>();
            to.Configure(options);
            await using var db = new TrainingDbContext(options.Options);
            await to.MigrateAsync(db, cancellationToken);
            await using var target = await open(db, cancellationToken);
            var results = await DatabaseMove.RunAsync(MovePlan.Of(source.Db, db), source, target, cancellationToken);
            var warning = await to.WarningAsync(db, cancellationToken);
            await WriteAsync(results, warning, time.GetElapsedTime(began), output);
            return results.All(result => result.IsEqual) ? 0 : 1;
        }
        catch (MoveException fault)
        {
            throw new CommandException(fault.Message);
        }
    }

    private static async Task WriteAsync(IReadOnlyList<MoveResult> results, string? warning, TimeSpan took, TextWriter output)
    {
        var width = results.Max(result => result.Table.Length);
        await output.WriteLineAsync($"{"table".PadRight(width)}  {"rows here",12}  {"rows there",12}  sum here  sum there");
        foreach (var (table, here, there) in results)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{table.PadRight(width)}  {here.Rows,12:N0}  {there.Rows,12:N0}  {here}  {there}{(here.Sum == there.Sum && here.Rows == there.Rows ? "" : "   NOT EQUAL")}"));
        }
        var unequal = results.Count(result => !result.IsEqual);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Count} tables, {results.Sum(result => result.Source.Rows):N0} rows in {took.TotalSeconds:N1} s: {(unequal == 0 ? "all are equal." : $"{unequal} are NOT equal; do not use the target.")}"));
        if (warning is not null) await output.WriteLineAsync(warning);
        if (unequal == 0)
        {
            await output.WriteLineAsync(
                $"Now set Database__Provider=SqlServer and ConnectionStrings__Training to what {Variable} holds, keep Storage__Root, and start. "
                + "What is changed in the SQLite file from now on does not follow: keep it as a backup only.");
        }
    }
}
