using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Training.App.Tests.Platform;
using Training.App.Tests.Platform.Messaging;
using Training.Domain.Certificates;
using Training.Pdf.Tests;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>The same season's certificates by one process alone, and by a web process and two workers with a broker between them: how fast, on one machine.</summary>
[Category("Long")]
[Category("Broker")]
[NonParallelizable]
internal sealed class IssuingOverBrokerTests
{
    private const int Count = 5_000;

    [Test, CancelAfter(1_200_000)]
    public async Task Two_workers_over_a_broker_issue_the_same_season()
    {
        var alone = await IssueAsync(broker: null);
        await using var broker = await RabbitMqServer.StartNewAsync();
        var spread = await IssueAsync(broker.Address);

        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{Count:N0} certificates: {alone:N0}/s in one process, {spread:N0}/s by two workers over quorum queues, {spread / alone:N2} of it"));
    }

    /// <returns>Certificates a second, the start of the processes counted in.</returns>
    private static async Task<double> IssueAsync(string? broker)
    {
        var storage = System.IO.Directory.CreateTempSubdirectory("training-issue-").FullName;
        var processes = new List<AppProcess>();
        try
        {
            var (latin, arabic) = (ReferenceNames.Latin, ReferenceNames.Arabic);
            await EarnedSeason.FillAsync(storage, Count, i => (
                latin[i % latin.Count], latin[i / latin.Count % latin.Count], arabic[i % arabic.Count], arabic[i / arabic.Count % arabic.Count]));
            var watch = Stopwatch.StartNew();
            foreach (var role in broker is null ? ["Web,Worker"] : (string[])["Web", "Worker", "Worker"])
            {
                processes.Add(broker is null
                    ? await AppProcess.StartAsync(storage, ("App__Roles", role))
                    : await AppProcess.StartAsync(storage, ("App__Roles", role), ("Messaging__Transport", "RabbitMq"), ("Messaging__RabbitMq", broker)));
            }
            await Poll.UntilAsync(
                async () => await IssuedAsync(storage) == Count, async () => $"{await IssuedAsync(storage)} of {Count} are issued", TimeSpan.FromMinutes(8));
            return Count / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            foreach (var process in processes) await process.DisposeAsync();
            SqliteConnection.ClearAllPools();
            System.IO.Directory.Delete(storage, recursive: true);
        }
    }

    private static async Task<int> IssuedAsync(string storage)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Mode=ReadOnly;Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""SELECT COUNT(*) FROM "Certificates" WHERE "Status" = {(int)CertificateStatus.Issued}""";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
