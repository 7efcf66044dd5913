using MassTransit;
using Training.App.Modules.Registry.Messages;

namespace Training.App.Modules.Certificates;

/// <summary>
/// What two files hold together may complete an edition. Undoing a merge takes no certificate back: one that was earned stays until a
/// person revokes it, and the undo lists it.
/// </summary>
internal sealed class AssessMerged(CertificateIssuer issuer) : IConsumer<ParticipantsMerged>, IConsumer<ParticipantsSeparated>
{
    public Task Consume(ConsumeContext<ParticipantsMerged> context) =>
        issuer.AssessChildrenAsync([context.Message.SurvivorId], context.CancellationToken);

    public Task Consume(ConsumeContext<ParticipantsSeparated> context) =>
        issuer.AssessChildrenAsync([context.Message.SurvivorId, context.Message.RetiredId], context.CancellationToken);
}
