using Training.App.Tests.Modules.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Registry.Duplicates;

/// <summary>One file becomes two again.</summary>
internal sealed class MergeUndoTests : MergeDoor
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Goes_back_exactly_as_it_was(bool olderSurvives)
    {
        var first = await Nation.OpenAsync(Bodies.Yasmine());
        var second = await Nation.OpenAsync(Files.YasmineAgain());
        await Nation.OpenAsync(Also(second, "MJ-04-001", "youthhouse-2026"));
        var before = await App.EverythingAsync();
        App.Time.Advance(TimeSpan.FromMinutes(1));

        await Nation.MergeAsync(first, second, survivor: olderSurvives ? first : second);
        Assert.That(await App.EverythingAsync(), Is.Not.EqualTo(before));
        await App.AssertOneLiveEnrollmentAsync();
        App.Time.Advance(TimeSpan.FromMinutes(1));
        using var undone = await Nation.UndoAsync(first, second);

        Assert.That((int)undone.StatusCode, Is.EqualTo(200), await undone.Content.ReadAsStringAsync());
        Assert.That(await App.EverythingAsync(), Is.EqualTo(before));
        await HistoryTellsAsync(first.Enrollment, second.Enrollment);
        var answer = await undone.JsonAsync();
        Assert.That(answer.GetProperty("reopened").GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.GetProperty("kept").GetProperty("enrollments").GetArrayLength(), Is.Zero);
        Assert.That((await App.PairsAsync()).Single().Decision, Is.EqualTo(PairDecision.Different), "it does not come back");
    }

    private async Task HistoryTellsAsync(params string[] enrollments)
    {
        var acts = new List<string?>();
        foreach (var enrollment in enrollments)
        {
            var answer = await Nation.GetAsync(new Uri($"/api/enrollments/{enrollment}", UriKind.Relative));
            acts.AddRange((await answer.JsonAsync()).GetProperty("history").EnumerateArray().Select(line => line.Text("act")));
        }
        Assert.That(acts.Where(act => act != "registered"), Is.EqualTo(new[] { "separated", "merged" }), "of the one that ended");
    }

    [Test]
    public async Task Leaves_with_the_surviving_file_what_came_after_the_merge_and_lists_it()
    {
        var first = await Nation.OpenAsync(Bodies.Yasmine());
        var second = await Nation.OpenAsync(Files.YasmineAgain());
        await Nation.MergeAsync(first, second);
        App.Time.Advance(TimeSpan.FromHours(1));
        var since = await Nation.OpenAsync(Also(second, "MJ-04-001", "youthhouse-2026"));
        Assert.That(since.Participant, Is.EqualTo(first.Participant), "sameAs takes the old code too");

        using var undone = await Nation.UndoAsync(first, second);

        var kept = (await undone.JsonAsync()).GetProperty("kept");
        Assert.That(kept.GetProperty("enrollments")[0].GetString(), Is.EqualTo(since.Enrollment));
        var own = (await Nation.FileAsync(first.Participant)).GetProperty("enrollments").EnumerateArray().Select(row => row.Text("enrollment"));
        Assert.That(own, Is.EquivalentTo(new[] { first.Enrollment, since.Enrollment }));
        Assert.That((await Nation.FileAsync(second.Participant)).GetProperty("enrollments")[0].Text("enrollment"), Is.EqualTo(second.Enrollment));
    }

    [Test]
    public async Task Undoes_a_chain_in_the_opposite_order_only_and_says_which_comes_first()
    {
        var a = await Nation.OpenAsync(Bodies.Yasmine());
        var b = await Nation.OpenAsync(Files.YasmineAgain());
        var c = await Nation.OpenAsync(Bodies.Child(4, "MJ-04-001", "youthhouse-2026"));
        var before = await App.EverythingAsync();
        await Nation.MergeAsync(a, b, survivor: b);
        await Nation.MergeAsync(b, c, survivor: c);
        Assert.That((await Nation.FileAsync(a.Participant)).Text("participant"), Is.EqualTo(c.Participant));

        using var early = await Nation.UndoAsync(a, b);
        Assert.That((int)early.StatusCode, Is.EqualTo(409));
        var refusal = await early.JsonAsync();
        Assert.That(refusal.Text("code"), Is.EqualTo("mergeNotLast"));
        Assert.That(refusal.GetRawText(), Does.Contain(b.Participant).And.Contain(c.Participant));

        using var last = await Nation.UndoAsync(b, c);
        Assert.That((int)last.StatusCode, Is.EqualTo(200));
        Assert.That((await Nation.FileAsync(a.Participant)).Text("participant"), Is.EqualTo(b.Participant));
        using var first = await Nation.UndoAsync(a, b);
        Assert.That((int)first.StatusCode, Is.EqualTo(200));
        Assert.That(await App.EverythingAsync(), Is.EqualTo(before));
    }
}
