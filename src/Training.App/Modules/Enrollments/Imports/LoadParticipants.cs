using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Commands;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.App.Platform.Seeding;
using Training.App.Platform.Seeding.Synthetic;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Writes a synthetic club list and imports it as any list: uploaded, read, committed.</summary>
internal sealed class LoadParticipants(
    UploadImport.Handler upload, ConfirmImport.Handler confirm, ImportWork work, DbContextOptions<TrainingDbContext> options, AppOptions app) : ILoadStep
{
    private const string EditionCode = "football-2026";

    public int Order => 10;

    public async Task RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var rows = arguments.Count("participants", otherwise: 0);
        if (rows == 0) return;
        var synthetic = new SyntheticOptions { ReferenceFolder = ReferenceFiles.DefaultFolder, Rows = rows, Seed = arguments.Count("seed", otherwise: 20260901) };
        var path = Path.Combine(app.StorageRoot, "synthetic-list.csv");
        try
        {
            await ImportAsync(path, synthetic, output, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task ImportAsync(string path, SyntheticOptions synthetic, TextWriter output, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        SyntheticSummary summary;
        await using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
            summary = SyntheticClubList.Write(writer, synthetic);
        await output.WriteLineAsync($"list written    {Lap(clock)}  {summary.Rows} rows, {summary.Rows - summary.Valid} with a fault");

        Result<UploadImport.Response> uploaded;
        await using (var file = File.OpenRead(path))
            uploaded = await upload.HandleAsync(new UploadImport.Request(EditionCode, Site: null, "synthetic.csv", file), cancellationToken);
        if (!uploaded.Succeeded) throw new CommandException($"The list was refused: {uploaded.Error.Code}.");
        await output.WriteLineAsync($"uploaded        {Lap(clock)}");

        var id = OpaqueId.ParseImport(uploaded.Value.Id)!.Value;
        var import = await UntilAsync(id, ImportStatus.Preview, cancellationToken);
        await output.WriteLineAsync(
            $"read            {Lap(clock)}  {import.New} new, {import.Matched} matched, {import.AlreadyEnrolled} enrolled already, "
            + $"{import.PossibleDuplicates} possible duplicates, {import.Refused} refused");
        var confirmed = await confirm.HandleAsync(uploaded.Value.Id, cancellationToken);
        if (!confirmed.Succeeded) throw new CommandException($"The list cannot be registered: {confirmed.Error.Code}.");
        await UntilAsync(id, ImportStatus.Done, cancellationToken);
        await output.WriteLineAsync($"registered      {Lap(clock)}");
    }

    /// <summary>Works, or waits for the process that does, until the import has come so far.</summary>
    private async Task<Import> UntilAsync(int id, ImportStatus status, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            while (await work.NextAsync(cancellationToken))
            {
            }
            await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
            var import = await db.Set<Import>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            if (import.Status == status) return import;
            if (import.Status == ImportStatus.Refused) throw new CommandException($"The list was refused: {import.Problem}.");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static string Lap(Stopwatch clock)
    {
        var lap = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,7:F2} s");
        clock.Restart();
        return lap;
    }
}
