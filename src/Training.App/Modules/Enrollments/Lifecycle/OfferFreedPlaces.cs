using MassTransit;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Modules.Registry.Messages;
using Training.App.Platform.Messaging;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Offers the places that an undone import or a merge of two files has freed, without waiting for the next look.</summary>
internal sealed class OfferFreedPlaces(OfferSweep sweep)
    : IConsumer<EnrollmentsWithdrawn>, ICoalesce<EnrollmentsWithdrawn>, IConsumer<ParticipantsMerged>, ICoalesce<ParticipantsMerged>
{
    public Task Consume(ConsumeContext<EnrollmentsWithdrawn> context) => sweep.RunAsync(context.CancellationToken);

    public Task Consume(ConsumeContext<ParticipantsMerged> context) => sweep.RunAsync(context.CancellationToken);

    // One look serves all that came before it.
    public string KeyOf(EnrollmentsWithdrawn message) => "freed";

    public string KeyOf(ParticipantsMerged message) => "freed";
}
