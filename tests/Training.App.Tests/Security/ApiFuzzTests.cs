using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Reporting;
using Training.App.Platform.Audit;
using Training.App.Platform.Commands;
using Training.App.Tests.Modules.Access.Matrix;
using Training.App.Tests.Modules.Reporting;
using Training.App.Tests.Platform.Messaging;
using Training.Domain.Enrollments;

namespace Training.App.Tests.Security;

/// <summary>
/// Generated requests at every door of the API with every role, one in three of them for good and the others rehearsed to their end: none
/// breaks the server, shows how it is built or shows a child to a stranger, and the database is whole afterwards.
/// </summary>
internal sealed class ApiFuzzTests
{
    [Test]
    public Task Three_thousand_generated_requests_break_nothing() => SendAsync(count: 3_000, seed: 20261126);

    /// <summary>A hundred thousand: ten worlds, since changes that stay wear one out.</summary>
    [Test, Category("Long")]
    public Task Ten_thousand_generated_requests_break_nothing([Range(0, 9)] int world) => SendAsync(count: 10_000, seed: Seed() + world);

    private static int Seed() => int.TryParse(Environment.GetEnvironmentVariable("TRAINING_FUZZ_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount & 0xFFFFFF;

    private static async Task SendAsync(int count, int seed)
    {
        var watch = Stopwatch.StartNew();
        await using var world = await MatrixWorld.BuildAsync();
        var callers = await MatrixCallers.ComeInAsync(world);
        using var staff = world.App.Nation();
        using var document = JsonDocument.Parse(await staff.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var requests = new GeneratedRequests(document.RootElement, await Door.DiscoverAsync(world.App.Services), [.. Enum.GetValues<Side>().Select(side => world[side])], seed);
        var answers = new FuzzTally();
        var built = watch.Elapsed;
        // The first of each kind, so that one run tells them all.
        var wrong = new Dictionary<string, string>();

        for (var i = 0; i < count; i++)
        {
            var caller = callers[i % callers.Count];
            if (i % 3 == 0) caller.Client.DefaultRequestHeaders.Remove(RehearsingGate.Header);
            else if (!caller.Client.DefaultRequestHeaders.Contains(RehearsingGate.Header)) caller.Client.DefaultRequestHeaders.Add(RehearsingGate.Header, "1");
            var (request, operation, says) = requests.Next();
            using var sent = request;
            using var answer = await caller.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var text = answer.Content.Headers.ContentType?.MediaType is "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
            answers.Add(operation.Name, caller.Name, (int)answer.StatusCode);
            var what = $"seed {seed}, request {i} as {caller.Name}: {says}\n{(int)answer.StatusCode} {(text.Length > 4000 ? text[..4000] : text)}";
            if ((int)answer.StatusCode >= 500) wrong.TryAdd($"{operation.Name} {(int)answer.StatusCode}", what);
            if (text.Contains("   at Training.", StringComparison.Ordinal) || text.Contains("Exception", StringComparison.Ordinal)) wrong.TryAdd($"{operation.Name} built", $"shows how it is built: {what}");
            foreach (var side in Enum.GetValues<Side>().Except(caller.Sees).Where(side => text.Contains(world[side].Surname, StringComparison.Ordinal)))
                if (!await KnowsAsync(world, caller, side)) wrong.TryAdd($"{operation.Name} {caller.Name}", $"shows a stranger's child: {what}");
        }

        await TestContext.Out.WriteLineAsync($"seed {seed}: world in {built.TotalSeconds:F1} s, {count} requests in {(watch.Elapsed - built).TotalSeconds:F1} s; {answers.Say(requests.Operations.Select(operation => operation.Name))}");
        Assert.That(wrong.Keys, Is.Empty, string.Join("\n\n", wrong.Values));
        await IsWholeAsync(world, seed);
        foreach (var caller in callers) caller.Client.Dispose();
    }

    /// <summary>
    /// What was done for good may have brought a child over, by somebody who may do so: then it is no stranger's. Nor is one that was
    /// once given away, or that the caller has to answer for. A child offered and not given is.
    /// </summary>
    private static async Task<bool> KnowsAsync(MatrixWorld world, MatrixCaller caller, Side side)
    {
        var own = string.Join(',', caller.Sees.Select(seen => $"'{world[seen].Values["site"]}'"));
        if (own.Length == 0) return false;
        var reach = caller.Name switch { "league" => "LeagueId", "coordinator" => "RegionId", _ => "Code" };
        var places = $"SELECT Id FROM Sites WHERE {reach} IN (SELECT {reach} FROM Sites WHERE Code IN ({own}))";
        return await world.CountAsync($"""
            SELECT COUNT(*) FROM Participants p JOIN Enrollments e ON e.ParticipantId = p.Id OR e.ParticipantId = p.MergedIntoId
            WHERE p.FamilyName = '{world[side].Surname}' AND (e.SiteId IN ({places})
              OR EXISTS (SELECT 1 FROM Transfers t WHERE t.EnrollmentId = e.Id AND (t.FromSiteId IN ({places})
                OR t.ToSiteId IN ({places}) AND (t.Status = {(int)TransferStatus.Accepted} OR t.Status = {(int)TransferStatus.Asked} AND NOT t.AskedByReceiver))))
            """) > 0;
    }

    private static async Task IsWholeAsync(MatrixWorld world, int seed)
    {
        await Poll.UntilAsync(
            async () =>
            {
                world.App.Time.Advance(TimeSpan.FromSeconds(5));
                return await world.CountAsync("SELECT COUNT(*) FROM Outbox WHERE State = 0") == 0 && await world.CountAsync("SELECT COUNT(*) FROM SiteTallies WHERE StaleSince IS NOT NULL OR CountingSince IS NOT NULL") == 0;
            },
            async () => $"{await world.CountAsync("SELECT COUNT(*) FROM Outbox WHERE State = 0")} deliveries wait");
        Assert.That(await Invariants.BrokenAsync(world.Database), Is.Empty, $"seed {seed}");
        await world.App.InsideAsync(async services =>
        {
            var fed = await KeptFigures.SnapshotAsync(services);
            await services.GetRequiredService<RebuildFigures.Handler>().HandleAsync(CancellationToken.None);
            Assert.That(await KeptFigures.SnapshotAsync(services), Is.EqualTo(fed), $"seed {seed}: figures against a rebuild");
            using var output = new StringWriter();
            Assert.That(await ActivatorUtilities.CreateInstance<VerifyAudit>(services).RunAsync(new CommandArguments([], []), output, CancellationToken.None), Is.Zero, $"seed {seed}: {output}");
            return 0;
        });
    }
}

/// <summary>How generated requests were answered: what nobody gets into is not tried.</summary>
internal sealed class FuzzTally
{
    private readonly Dictionary<string, int> statuses = [];
    private readonly HashSet<string> entered = [];

    public void Add(string operation, string caller, int status)
    {
        var key = $"{caller} {status / 100}xx";
        statuses[key] = statuses.GetValueOrDefault(key) + 1;
        if (status < 300) entered.Add(operation);
    }

    /// <summary>Answers by caller, and the operations that let nobody in.</summary>
    public string Say(IEnumerable<string> operations)
    {
        var all = operations.ToArray();
        return $"{entered.Count} of {all.Length} operations let somebody in; {string.Join(", ", statuses.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key}: {row.Value}"))}; never: {string.Join(", ", all.Except(entered))}";
    }
}
