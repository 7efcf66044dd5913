using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Registry.Duplicates;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Enrollments;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Access;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Registry.Duplicates;

/// <summary>The queue: who sees which pair, and who may decide.</summary>
internal sealed class DecideDuplicateTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
    }

    [TearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Shows_both_files_of_the_own_region_with_what_speaks_for_and_against_and_records_the_readings()
    {
        var (first, second, pair) = await PairAsync();
        using var region = await app.RegionAsync(await RegionOfAsync("RSB"));

        var listed = (await region.ItemsAsync("/api/duplicates")).Single();
        var shown = await (await region.GetAsync(Pair(pair))).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.Text("id"), Is.EqualTo(pair));
            Assert.That(listed.GetProperty("mayDecide").GetBoolean(), Is.True);
            Assert.That(listed.GetProperty("a").Text("name"), Is.EqualTo("Yasmine El Alaoui"));
            Assert.That(shown.GetProperty("for").EnumerateArray().Select(row => row.Text("code")), Does.Contain("sameBirthDate"));
            Assert.That(shown.GetProperty("for")[0].Text("message"), Is.EqualTo("The same birth date"));
            Assert.That(shown.GetProperty("b").GetProperty("guardians")[0].Text("phone"), Is.EqualTo("+212655555555"));
            Assert.That(shown.GetProperty("a").GetProperty("enrollments")[0].Text("site"), Is.EqualTo("RSB"));
            Assert.That(await ReadersAsync("duplicates"), Is.EquivalentTo(new[] { KeyOf(first.Participant), KeyOf(second.Participant) }));
        }
    }

    [Test]
    public async Task Shows_of_another_region_initials_and_the_year_and_whom_to_call()
    {
        var (first, second, pair) = await PairAsync("MJ-04-001", "youthhouse-2026");
        using var region = await app.RegionAsync(await RegionOfAsync("RSB"));

        var shown = await (await region.GetAsync(Pair(pair))).JsonAsync();
        var sides = new[] { "a", "b" }.ToDictionary(side => shown.GetProperty("pair").GetProperty(side).Text("participant")!, side => (Side: side, Row: shown.GetProperty("pair").GetProperty(side)));
        var other = sides[second.Participant];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(other.Row.Text("name"), Is.EqualTo("Y. A."));
            Assert.That(other.Row.GetProperty("birthDate").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(other.Row.GetProperty("birthYear").GetInt32(), Is.EqualTo(2014));
            Assert.That(other.Row.GetProperty("regions")[0].GetString(), Is.EqualTo("04"));
            Assert.That(shown.GetProperty(other.Side).ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(await ReadersAsync("duplicates"), Is.EqualTo(new[] { KeyOf(first.Participant) }));
        }
        using var same = await region.DecideAsync(pair, new { decision = "same" });
        using var different = await region.DecideAsync(pair, new { decision = "different" });
        using var later = await region.DecideAsync(pair, new { decision = "later" });
        Assert.That((await same.CodeAsync(), await different.CodeAsync(), (int)later.StatusCode), Is.EqualTo(("pairAcrossRegions", "pairAcrossRegions", 200)));
        using var directorate = await nation.DecideAsync(pair, new { decision = "same" });
        Assert.That((int)directorate.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Hides_a_pair_of_other_regions_and_is_closed_to_clubs()
    {
        var (first, second, pair) = await PairAsync();
        using var other = await app.RegionAsync("09");
        using var club = await app.SiteAsync("RSB");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await other.ItemsAsync("/api/duplicates"), Is.Empty);
            Assert.That((int)(await other.GetAsync(Pair(pair))).StatusCode, Is.EqualTo(404));
            Assert.That((int)(await other.DecideAsync(pair, new { decision = "later" })).StatusCode, Is.EqualTo(404));
            Assert.That((int)(await other.UndoAsync(first, second)).StatusCode, Is.EqualTo(404));
            Assert.That((int)(await other.PostAsJsonAsync("/api/duplicates", new { participant = first.Participant, other = second.Participant })).StatusCode, Is.EqualTo(404));
            Assert.That((int)(await club.GetAsync(new Uri("/api/duplicates", UriKind.Relative))).StatusCode, Is.EqualTo(403));
        }
    }

    [Test]
    public async Task Takes_one_of_two_decisions_at_the_same_moment()
    {
        var (_, _, pair) = await PairAsync();

        var answers = await Task.WhenAll(
            nation.DecideAsync(pair, new { decision = "same", version = 1 }), nation.DecideAsync(pair, new { decision = "different", version = 1 }));

        Assert.That(answers.Select(answer => (int)answer.StatusCode), Is.EquivalentTo(new[] { 200, 409 }));
        Assert.That(await answers.Single(answer => (int)answer.StatusCode == 409).CodeAsync(), Is.AnyOf("pairChanged", "alreadyMerged"));
    }

    [Test]
    public async Task Answers_a_repeated_decision_alike_and_refuses_another_until_the_merge_is_undone()
    {
        var (first, second, pair) = await PairAsync();
        using var once = await nation.DecideAsync(pair, new { decision = "same" });
        using var twice = await nation.DecideAsync(pair, new { decision = "same" });
        using var other = await nation.DecideAsync(pair, new { decision = "different" });

        Assert.That((await twice.JsonAsync()).Text("participant"), Is.EqualTo((await once.JsonAsync()).Text("participant")));
        Assert.That(await other.CodeAsync(), Is.EqualTo("alreadyMerged"));
        using var undone = await nation.UndoAsync(first, second);
        using var again = await nation.UndoAsync(first, second);
        Assert.That(((int)undone.StatusCode, await again.CodeAsync()), Is.EqualTo((200, "notMerged")));
        Assert.That((await nation.ItemsAsync("/api/duplicates?status=different")).Single().Text("id"), Is.EqualTo(pair));
    }

    [Test]
    public async Task Leaves_contradicting_official_codes_to_the_nation_with_a_reason()
    {
        var one = Bodies.Yasmine();
        one["participant"]!["massarCode"] = "Z990000001";
        var other = Files.YasmineAgain();
        other["participant"]!["massarCode"] = "Z990000002";
        other["duplicateDecision"] = null;
        var (first, second) = (await nation.OpenAsync(one), await nation.OpenAsync(other));
        using var region = await app.RegionAsync(await RegionOfAsync("RSB"));
        using var named = await region.PostAsJsonAsync("/api/duplicates", new { participant = first.Participant, other = second.Participant });
        var pair = (await named.JsonAsync()).Text("id")!;

        var shown = await (await region.GetAsync(Pair(pair))).JsonAsync();
        Assert.That(shown.GetProperty("against").EnumerateArray().Select(row => row.Text("code")), Is.EqualTo(new[] { "conflictingCode" }));
        Assert.That(shown.GetProperty("for").EnumerateArray().Select(row => row.Text("code")), Does.Contain("sameBirthDate").And.Contain("similarName").Or.Contain("sameName"));
        using var regional = await region.DecideAsync(pair, new { decision = "same", reason = "Same family" });
        using var silent = await nation.DecideAsync(pair, new { decision = "same" });
        using var reasoned = await nation.DecideAsync(pair, new { decision = "same", reason = "The school confirmed one code was a slip" });

        Assert.That((await regional.CodeAsync(), await silent.CodeAsync(), (int)reasoned.StatusCode), Is.EqualTo(("codesConflict", "reasonRequired", 200)));
    }

    [Test]
    public async Task Carries_questions_and_answers_over_to_the_surviving_file_and_back()
    {
        var (first, second, pair) = await PairAsync();
        var third = await nation.OpenAsync(Bodies.Child(9));
        var fourth = await nation.OpenAsync(Bodies.Child(10));
        using var asked = await nation.PostAsJsonAsync("/api/duplicates", new { participant = second.Participant, other = third.Participant });
        using var told = await nation.PostAsJsonAsync("/api/duplicates", new { participant = second.Participant, other = fourth.Participant });
        using var different = await nation.DecideAsync((await told.JsonAsync()).Text("id")!, new { decision = "different" });
        var before = await DecisionsAsync();

        using var merged = await nation.DecideAsync(pair, new { decision = "same", survivor = first.Participant });

        Assert.That((await nation.ItemsAsync("/api/duplicates")).Single().Text("id"), Is.EqualTo($"{first.Participant}_{third.Participant}"));
        Assert.That((await nation.ItemsAsync("/api/duplicates?status=different")).Select(row => row.Text("id")), Does.Contain($"{first.Participant}_{fourth.Participant}"));
        using var undone = await nation.UndoAsync(first, second);
        before[pair] = PairDecision.Different;
        Assert.That(await DecisionsAsync(), Is.EquivalentTo(before));
    }

    [TestCase("""{ "decision": "waiting" }""", "decision", "notAmong")]
    [TestCase("""{ }""", "decision", "missing")]
    [TestCase("""{ "decision": "same", "survivor": "nonsense" }""", "survivor", "unknownValue")]
    public async Task Says_which_field_is_wrong(string body, string field, string code)
    {
        var (_, _, pair) = await PairAsync();
        using var answer = await nation.PostAsync(
            new Uri($"/api/duplicates/{pair}/decision", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await answer.JsonAsync()).Faults(field), Is.EqualTo(new[] { code }));
    }

    [TestCase("nonsense")]
    [TestCase("_")]
    [TestCase("AAA-AAAA_AAA-AAAA")]
    public async Task Knows_no_pair_by_a_wrong_name(string pair)
    {
        Assert.That((int)(await nation.GetAsync(Pair(pair))).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await nation.DecideAsync(pair, new { decision = "later" })).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Asks_the_directorate_for_a_reason_and_shows_initials_until_then()
    {
        var (_, _, pair) = await PairAsync();
        var result = await app.InsideAsync(async services =>
        {
            services.GetRequiredService<CallerAccessor>().Current = new Caller("account:1", [Role.Directorate], AccessScope.Whole);
            var list = await services.GetRequiredService<ListDuplicates.Handler>().HandleAsync(new ListDuplicates.Request(null, null), CancellationToken.None);
            var read = services.GetRequiredService<GetDuplicate.Handler>();
            var silent = await read.HandleAsync(new GetDuplicate.Request(pair, null), CancellationToken.None);
            var reasoned = await read.HandleAsync(new GetDuplicate.Request(pair, "Réclamation"), CancellationToken.None);
            return (list.Value.Items[0].A.Name, silent.Error?.Code, reasoned.Value.A!.FamilyName);
        });

        Assert.That(result, Is.EqualTo(("Y. E.", "reasonRequired", "El Alaoui")));
    }

    [Test]
    public async Task Pages_through_the_queue_without_losing_or_repeating_a_pair()
    {
        var first = await nation.OpenAsync(Bodies.Yasmine());
        for (var i = 0; i < 30; i++)
        {
            var child = await nation.OpenAsync(Bodies.Child(i));
            using var named = await nation.PostAsJsonAsync("/api/duplicates", new { participant = first.Participant, other = child.Participant });
        }
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var part = await (await nation.GetAsync(new Uri($"/api/duplicates?cursor={cursor}", UriKind.Relative))).JsonAsync();
            seen.AddRange(part.GetProperty("items").EnumerateArray().Select(row => row.Text("id")!));
            cursor = part.Text("next");
        }
        while (cursor is not null);

        Assert.That(seen, Has.Count.EqualTo(30).And.Unique);
    }

    private async Task<(Youngster First, Youngster Second, string Pair)> PairAsync(string site = "RSB", string edition = "football-2026")
    {
        var first = await nation.OpenAsync(Bodies.Yasmine());
        var body = Files.YasmineAgain(site, edition);
        // Not told apart at the form: the pair is named afterwards, as the sweep would.
        body["participant"]!["birthDate"] = "2013-03-12";
        body["duplicateDecision"] = null;
        var second = await nation.OpenAsync(body);
        await app.InsideAsync(async services =>
        {
            var db = services.GetRequiredService<TrainingDbContext>();
            var key = KeyOf(second.Participant);
            return await db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == key)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.BirthDate, new DateOnly(2014, 3, 12)));
        });
        using var named = await nation.PostAsJsonAsync("/api/duplicates", new { participant = second.Participant, other = first.Participant });
        return (first, second, (await named.JsonAsync()).Text("id")!);
    }

    private async Task<Dictionary<string, PairDecision>> DecisionsAsync() =>
        (await app.PairsAsync()).ToDictionary(row => PairId.Of(row), row => row.Decision);

    private async Task<string> RegionOfAsync(string site) =>
        (await nation.ItemsAsync($"/api/sites?q={site}")).First(row => row.Text("code") == site).Text("region")!;

    private Task<List<int>> ReadersAsync(string door) => app.InsideAsync(services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        db.Scope = AccessScope.Whole;
        return db.Set<FileReading>().Where(row => row.Door == door).Select(row => row.ParticipantId).ToListAsync();
    });

    private static int KeyOf(string code) => ParticipantCode.TryParse(code, out var parsed) ? (int)parsed.ToKey() : throw new ArgumentException(code);

    private static Uri Pair(string pair) => new($"/api/duplicates/{pair}", UriKind.Relative);
}
