using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Certificates.Messages;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform;
using Training.App.Platform.Messaging;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Reporting;

/// <summary>Has a site's enrollments counted after a registration; a burst is counted once.</summary>
internal sealed class RecountEnrollments(EnrollmentCounter counter) : IConsumer<ParticipantEnrolled>, ICoalesce<ParticipantEnrolled>
{
    public Task Consume(ConsumeContext<ParticipantEnrolled> context) =>
        counter.AskAsync(context.Message.EditionId, [context.Message.SiteId], context.CancellationToken);

    public string KeyOf(ParticipantEnrolled message) => FormattableString.Invariant($"{message.EditionId}/{message.SiteId}");
}

/// <summary>Has the sites counted that an enrollment left, joined or changed at.</summary>
internal sealed class RecountChanged(EnrollmentCounter counter) : IConsumer<EnrollmentChanged>, ICoalesce<EnrollmentChanged>
{
    public Task Consume(ConsumeContext<EnrollmentChanged> context) =>
        counter.AskAsync(context.Message.EditionId, [context.Message.SiteId, context.Message.FormerSiteId], context.CancellationToken);

    public string KeyOf(EnrollmentChanged message) => FormattableString.Invariant($"{message.EditionId}/{message.FormerSiteId}/{message.SiteId}");
}

/// <summary>Has the enrollments of an import's sites counted, and again when it was undone.</summary>
internal sealed class RecountImported(EnrollmentCounter counter)
    : IConsumer<EnrollmentsImported>, ICoalesce<EnrollmentsImported>, IConsumer<EnrollmentsWithdrawn>, ICoalesce<EnrollmentsWithdrawn>
{
    public Task Consume(ConsumeContext<EnrollmentsImported> context) =>
        counter.AskAsync(context.Message.EditionId, context.Message.SiteIds, context.CancellationToken);

    public Task Consume(ConsumeContext<EnrollmentsWithdrawn> context) =>
        counter.AskAsync(context.Message.EditionId, context.Message.SiteIds, context.CancellationToken);

    public string KeyOf(EnrollmentsImported message) => KeyOf(message.EditionId, message.SiteIds);

    public string KeyOf(EnrollmentsWithdrawn message) => KeyOf(message.EditionId, message.SiteIds);

    private static string KeyOf(int editionId, IReadOnlyList<int> siteIds) =>
        FormattableString.Invariant($"{editionId}/{string.Join(',', siteIds.Distinct().Order())}");
}

/// <summary>Has completions and certificates counted when they are earned, when their documents are there, and when one is revoked.</summary>
internal sealed class RecountCertified(ReadDb db, EnrollmentCounter counter)
    : IConsumer<CertificatesEarned>, IConsumer<CertificatesIssued>, IConsumer<CertificateRevoked>
{
    public Task Consume(ConsumeContext<CertificatesEarned> context) => RecountAsync(context.Message.CertificateIds, context.CancellationToken);

    public Task Consume(ConsumeContext<CertificatesIssued> context) => RecountAsync(context.Message.CertificateIds, context.CancellationToken);

    public Task Consume(ConsumeContext<CertificateRevoked> context) => RecountAsync([context.Message.CertificateId], context.CancellationToken);

    private async Task RecountAsync(IReadOnlyList<int> certificateIds, CancellationToken cancellationToken)
    {
        var places = await db.Set<Certificate>().Where(row => certificateIds.Contains(row.Id))
            .Join(db.Set<Enrollment>(), row => row.EnrollmentId, row => row.Id, (_, row) => new { row.EditionId, row.SiteId })
            .Distinct().ToListAsync(cancellationToken);
        foreach (var edition in places.GroupBy(place => place.EditionId, place => place.SiteId))
            await counter.AskAsync(edition.Key, [.. edition], cancellationToken);
    }
}
