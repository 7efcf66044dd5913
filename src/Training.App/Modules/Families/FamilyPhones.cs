using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>A guardian's phone to which a code can be sent, as it is shown to somebody who is not known yet.</summary>
/// <param name="Guardian">Order of contact, from 1.</param>
/// <param name="Relationship">In what capacity.</param>
/// <param name="Phone">Its last two digits alone.</param>
internal sealed record PhoneChoice(int Guardian, Relationship Relationship, string Phone);

/// <summary>The mobile phones of a child's guardians. Read without a scope: whoever asks has shown the printed code or a link.</summary>
internal static class FamilyPhones
{
    internal sealed record Known(int Position, int GuardianId, Relationship Relationship, string Phone, FamilyLanguage Language)
    {
        public PhoneChoice Shown => new(Position, Relationship, PhoneNumber.FromE164(Phone).ToHint());
    }

    /// <summary>Those to which a ticket's code can go: the link's guardian alone where a link led here.</summary>
    public static async Task<IReadOnlyList<Known>> OfAsync(TrainingDbContext db, FamilyTicket ticket, CancellationToken cancellationToken)
    {
        var phones = await OfAsync(db, ticket.Child, cancellationToken);
        if (ticket.LinkId is not { } link) return phones;
        var guardian = await db.Set<PersonalLink>().Where(row => row.Id == link).Select(row => row.GuardianId).SingleOrDefaultAsync(cancellationToken);
        return [.. phones.Where(phone => phone.GuardianId == guardian)];
    }

    /// <summary>In order of contact.</summary>
    public static async Task<IReadOnlyList<Known>> OfAsync(TrainingDbContext db, int child, CancellationToken cancellationToken)
    {
        var all = await (from tie in db.Set<Guardianship>().IgnoreQueryFilters()
                         join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                         where tie.ParticipantId == child && guardian.Phone != null
                         orderby tie.Position
                         select new Known(tie.Position, guardian.Id, tie.Relationship, guardian.Phone!, guardian.Language)).ToListAsync(cancellationToken);
        return [.. all.Where(one => PhoneNumber.FromE164(one.Phone).IsMobile)];
    }
}
