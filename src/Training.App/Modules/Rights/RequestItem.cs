using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights;

/// <summary>One line of the register of requests as it is shown.</summary>
/// <param name="Id">Id of the request.</param>
/// <param name="Participant">Code of the child's file; leads nowhere once it was erased.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Asker">Who asks.</param>
/// <param name="Words">What is asked for in words; null when nothing was said, or when it was erased.</param>
/// <param name="ReceivedOn">The day it arrived.</param>
/// <param name="DueOn">The last day for the answer.</param>
/// <param name="IsLate">True while it waits and that day is over.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DecidedAt">When it was answered; null while open.</param>
/// <param name="Answer">What was answered; null when nothing was said.</param>
/// <param name="Version">Sent back with an answer.</param>
internal sealed record RequestItem(
    string Id, string Participant, RightsKind Kind, RightsAsker Asker, string? Words, DateOnly ReceivedOn, DateOnly DueOn, bool IsLate,
    RightsStatus Status, DateTimeOffset? DecidedAt, string? Answer, int Version)
{
    public static RequestItem Of(RightsRequest row, TimeProvider time) => new(
        OpaqueId.RightsRequest(row.Id), ParticipantCode.FromKey(row.ParticipantId).ToString(), row.Kind, row.Asker, row.Words, row.ReceivedOn, row.DueOn,
        row.IsLate(time.Today()), row.Status, row.DecidedAt, row.Answer, row.Version);
}
