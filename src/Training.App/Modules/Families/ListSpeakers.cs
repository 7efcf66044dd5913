using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>Who may speak for the family's children in this session, for the page of consents.</summary>
internal static class ListSpeakers
{
    /// <param name="Guardian">Order of contact, from 1.</param>
    /// <param name="Relationship">In what capacity.</param>
    /// <param name="Proven">True when this session proved the guardian's phone.</param>
    /// <param name="ViewOnly">True when the guardian only looks.</param>
    internal sealed record Speaker(int Guardian, Relationship Relationship, bool Proven, bool ViewOnly);

    internal sealed class Handler(ReadDb db, FamilyGuardians proven, Caller caller)
    {
        /// <summary>By participant code. Where a phone was proven, only its guardians.</summary>
        public async Task<ILookup<string, Speaker>> HandleAsync(CancellationToken cancellationToken)
        {
            var (ids, phones) = (caller.Scope.Participants, proven.Keys);
            var ties = await db.Set<Guardianship>().Where(tie => ids.Contains(tie.ParticipantId)).OrderBy(tie => tie.Position)
                .Select(tie => new
                {
                    tie.ParticipantId,
                    tie.GuardianId,
                    tie.Position,
                    tie.Relationship,
                    ViewOnly = db.Set<ViewOnlyGuardian>().Any(row => row.ParticipantId == tie.ParticipantId && row.GuardianId == tie.GuardianId),
                }).ToListAsync(cancellationToken);
            var withProof = ties.Where(tie => phones.Contains(tie.GuardianId)).Select(tie => tie.ParticipantId).ToHashSet();
            return ties.Where(tie => !withProof.Contains(tie.ParticipantId) || phones.Contains(tie.GuardianId)).ToLookup(
                tie => ParticipantCode.FromKey(tie.ParticipantId).ToString(),
                tie => new Speaker(tie.Position, tie.Relationship, phones.Contains(tie.GuardianId), tie.ViewOnly));
        }
    }
}
