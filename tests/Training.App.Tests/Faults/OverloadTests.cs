using System.Net;
using System.Net.Http.Headers;
using Training.App.Platform.Http;

namespace Training.App.Tests.Faults;

/// <summary>More requests than can be served: who has no place is told so at once, who has one is served.</summary>
internal sealed class OverloadTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task Those_for_whom_there_is_no_place_are_told_when_to_come_back_and_the_others_are_served(CancellationToken cancellationToken)
    {
        await using var app = new TrainingApplication();
        using var client = app.Nation();
        using var warm = await client.GetAsync(new Uri("/api/regions", UriKind.Relative), cancellationToken);
        var bodies = Enumerable.Range(0, RateLimits.ServedMax + RateLimits.WaitingMax).Select(_ => new SlowBody()).ToArray();
        var placed = bodies.Select(body => client.PostAsync(new Uri("/api/enrollments", UriKind.Relative), body, cancellationToken)).ToArray();

        // Nobody's body has come yet, so that only who is sent away has an answer; the others take what places are left.
        var asked = new List<Task<HttpResponseMessage>>();
        while (!asked.Exists(question => question.IsCompleted))
        {
            asked.Add(client.GetAsync(new Uri("/api/regions", UriKind.Relative), cancellationToken));
            await Task.WhenAny(Task.WhenAny(asked), Task.Delay(20, cancellationToken));
        }
        var refused = await asked.First(question => question.IsCompleted);
        using var alive = await client.GetAsync(new Uri("/health/live", UriKind.Relative), cancellationToken);
        foreach (var body in bodies) body.End();
        var answers = await Task.WhenAll(placed);
        var questions = await Task.WhenAll(asked);

        Assert.That((int)refused.StatusCode, Is.EqualTo(503));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(await refused.CodeAsync(), Is.EqualTo("busy"));
        Assert.That((int)alive.StatusCode, Is.EqualTo(200), "its health is asked all the same");
        // On a busy machine a question may take a place before a slow body comes for it, which is then sent away.
        Assert.That(answers.Select(answer => (int)answer.StatusCode), Is.All.AnyOf(400, 503), "served, and nothing was in the bodies; or sent away");
        Assert.That(
            answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest) + questions.Count(answer => answer.StatusCode == HttpStatusCode.OK),
            Is.AtLeast(bodies.Length), "whoever had a place was served");
    }

    /// <summary>A body that comes when it is told to.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowBody() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        public void End() => ended.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await ended.Task;
            await stream.WriteAsync("{}"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
