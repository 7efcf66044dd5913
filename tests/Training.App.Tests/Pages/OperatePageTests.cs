using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Webhooks;

namespace Training.App.Tests.Pages;

/// <summary>The operator's page: how the system is, and what was given up is tried again.</summary>
internal sealed class OperatePageTests
{
    private const string Email = "operator@pages.example";

    private TrainingApplication app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication(("App:Roles", "Web"));
        await app.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request(Email, "Exploitation", Browsing.Password, "fr", [new CreateAccount.Grant(Role.Operator)]), CancellationToken.None));
        await app.InsideAsync(services => services.GetRequiredService<IWriteGate>().WriteAsync<Done>(
            AccessScope.None,
            async (session, token) =>
            {
                session.Rows.Insert(new OutboxRow
                {
                    EventId = Guid.NewGuid(), Type = "SessionClosed", Consumer = "CountSession.SessionClosed", Body = "{}", Attempts = 8,
                    CreatedAt = TrainingApplication.Start, DueAt = TrainingApplication.Start, State = DeliveryState.Dead, LastError = "TimeoutException",
                });
                session.Db.Add(new Webhook
                {
                    Id = 1, Name = "Partenaire", Address = "https://partner.example/hook", Events = WebhookEvents.AttendanceClosed, RegionId = null,
                    OwnedBy = "account:1", CreatedAt = TrainingApplication.Start, Secret = "sealed",
                });
                session.Db.AddRange(Delivery(1), Delivery(2));
                await session.Db.SaveChangesAsync(token);
                return default(Done);
            },
            CancellationToken.None));
    }

    private static WebhookDelivery Delivery(int session) => new()
    {
        WebhookId = 1, RegionId = 4, Event = WebhookEvents.AttendanceClosed, SubjectId = session, SubjectVersion = 1, EventId = Guid.NewGuid(), Body = "{}",
        CreatedAt = TrainingApplication.Start, DueAt = TrainingApplication.Start.AddDays(1), GiveUpAt = TrainingApplication.Start.AddDays(3),
    };

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task It_is_where_an_operator_begins_and_shows_what_was_given_up_which_is_tried_again_by_one_button()
    {
        using var visitor = await app.SignInByPageAsync(Email);
        using var home = await visitor.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That(home.Headers.Location?.OriginalString, Is.EqualTo("/operate"));

        var page = await visitor.GetStringAsync(new Uri("/operate", UriKind.Relative));
        Assert.That(page, Does.Contain("CountSession.SessionClosed").And.Contain("TimeoutException").And.Contain("aucune à ce jour").And.Contain("à examiner"));
        Assert.That(page, Does.Contain("<dt>Partenaires : événements en attente</dt><dd>2 ").And.Not.Contain("partner.example"));
        using var pressed = await visitor.SendFormAsync("/operate");
        Assert.That(pressed.Headers.Location?.OriginalString, Is.EqualTo("/operate"));

        var after = await visitor.GetStringAsync(new Uri("/operate", UriKind.Relative));
        Assert.That(after, Does.Contain("Seront réessayées : 1").And.Not.Contain("TimeoutException"));
    }

    [Test]
    public async Task Nobody_else_comes_in()
    {
        using var coach = await app.CoachAsync("coach@operate.example");

        using var answer = await coach.GetAsync(new Uri("/operate", UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(403));
    }
}
