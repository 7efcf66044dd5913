using MassTransit;
using Training.App.Modules.Registry.Messages;

namespace Training.App.Modules.Certificates;

/// <summary>
/// What two files hold together may complete an edition. Undoing a merge takes no certificate back: one that was earned by both together
/// is brought before people.
/// </summary>
internal sealed class AssessMerged(CertificateIssuer issuer, CertificateDoubts doubts) : IConsumer<ParticipantsMerged>, IConsumer<ParticipantsSeparated>
{
    public Task Consume(ConsumeContext<ParticipantsMerged> context) =>
        issuer.AssessChildrenAsync([context.Message.SurvivorId], context.CancellationToken);

    public async Task Consume(ConsumeContext<ParticipantsSeparated> context)
    {
        int[] children = [context.Message.SurvivorId, context.Message.RetiredId];
        await issuer.AssessChildrenAsync(children, context.CancellationToken);
        await doubts.ReviewChildrenAsync(children, context.CancellationToken);
    }
}
