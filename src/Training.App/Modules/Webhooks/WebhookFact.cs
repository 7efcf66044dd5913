using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>Something that happened, as partners are told of it: ids alone, of which whoever may see more asks the API.</summary>
/// <param name="Event">What.</param>
/// <param name="SubjectId">Key of the enrollment, session or certificate.</param>
/// <param name="SubjectVersion">Its version or revision.</param>
/// <param name="RegionId">Where.</param>
/// <param name="At">When.</param>
/// <param name="Data">The ids.</param>
internal sealed record WebhookFact(
    WebhookEvents Event, int SubjectId, int SubjectVersion, int RegionId, DateTimeOffset At, IReadOnlyDictionary<string, object> Data)
{
    public static WebhookFact Of(Enrollment row, DirectorySnapshot directory) => new(
        WebhookEvents.EnrollmentCreated, row.Id, 1, row.RegionId, row.EnrolledAt,
        Place(new() { ["enrollment"] = OpaqueId.Enrollment(row.Id) }, row.SiteId, row.EditionId, directory));

    public static WebhookFact Of(Session row, int version, DateTimeOffset now, DirectorySnapshot directory) => new(
        WebhookEvents.AttendanceClosed, row.Id, version, row.RegionId, row.ClosedAt ?? now,
        Place(new() { ["session"] = OpaqueId.Session(row.Id), ["version"] = version }, row.SiteId, row.EditionId, directory));

    public static WebhookFact Of(Certificate row, WebhookEvents what, int revision, DateTimeOffset at, DirectorySnapshot directory) => new(
        what, row.Id, revision, row.RegionId, at,
        Place(
            new()
            {
                ["certificate"] = row.Number, ["revision"] = revision, ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(row.Kind.ToString()),
                ["enrollment"] = OpaqueId.Enrollment(row.EnrollmentId),
            },
            row.SiteId, row.EditionId, directory));

    /// <summary>The row that waits for a webhook.</summary>
    public WebhookDelivery For(int webhookId, DateTimeOffset now)
    {
        var id = EventId();
        return new WebhookDelivery
        {
            WebhookId = webhookId,
            RegionId = RegionId,
            Event = Event,
            SubjectId = SubjectId,
            SubjectVersion = SubjectVersion,
            EventId = id,
            Body = JsonSerializer.Serialize(new { id, type = WebhookEventNames.Of(Event), occurredAt = At.UtcDateTime, data = Data }, JsonSerializerOptions.Web),
            CreatedAt = now,
            DueAt = now,
            GiveUpAt = now + WebhookDelivery.TriedFor,
        };
    }

    /// <summary>Of the fact alone, so that hearing of it again gives the same id.</summary>
    private Guid EventId() => new(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{WebhookEventNames.Of(Event)}/{SubjectId}/{SubjectVersion}"))).AsSpan(0, 16));

    private static Dictionary<string, object> Place(Dictionary<string, object> ids, int siteId, int editionId, DirectorySnapshot directory)
    {
        var site = directory.Site(siteId);
        (ids["site"], ids["region"], ids["edition"]) = (site.Code, directory.Region(site.RegionId).Code, directory.Edition(editionId).Code);
        return ids;
    }
}
