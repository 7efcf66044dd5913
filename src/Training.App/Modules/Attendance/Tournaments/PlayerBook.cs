using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>One condition of playing, explained.</summary>
/// <param name="Code">Stable code of what was found.</param>
/// <param name="Met">True when it does not stand in the way.</param>
/// <param name="Message">The sentence, with its dates.</param>
/// <param name="Facts">The dates that make it so.</param>
internal sealed record Condition(string Code, bool Met, string Message, IReadOnlyDictionary<string, object?> Facts);

/// <summary>A youth of a squad, or one who could be in it.</summary>
/// <param name="Enrollment">Enrollment id.</param>
/// <param name="Participant">Participant code.</param>
/// <param name="Name">Name in Latin letters, in Arabic ones where only those are known.</param>
/// <param name="NameAr">Arabic name; null when unknown.</param>
/// <param name="BirthYear">What the category goes by; the day is not shown.</param>
/// <param name="Cleared">True when nothing stands in the way of playing.</param>
/// <param name="Conditions">Every condition, met or not.</param>
/// <param name="Exception">Why a coordinator lets the youth play in spite of the birth date; null when not excepted.</param>
/// <param name="MedicalUntil">Last day of the medical certificate; null when none was seen.</param>
internal sealed record Player(
    string Enrollment, string Participant, string Name, string? NameAr, int BirthYear, bool Cleared, IReadOnlyList<Condition> Conditions,
    string? Exception, DateOnly? MedicalUntil);

/// <summary>
/// Reads youths and judges whether they play. It reads past the scope filters, since a host's people see the squads of other clubs:
/// whoever asks has found the squad, or the club, within the caller's scope.
/// </summary>
internal sealed class PlayerBook(ReadDb db, DirectoryCatalog catalog, Texts texts)
{
    /// <summary>Most youths offered for one squad.</summary>
    public const int CandidatesMax = 200;

    /// <summary>The players of squads, by squad, in the order of their names.</summary>
    public async Task<ILookup<int, Player>> OfSquadsAsync(Tournament tournament, IReadOnlyCollection<Squad> squads, CancellationToken cancellationToken)
    {
        var keys = squads.Select(squad => squad.Id).ToArray();
        var places = await db.Set<SquadPlayer>().IgnoreQueryFilters().Where(row => keys.Contains(row.SquadId)).ToListAsync(cancellationToken);
        var enrollments = places.Select(row => row.EnrollmentId).ToArray();
        var children = (await ReadAsync(db.Set<Enrollment>().Where(row => enrollments.Contains(row.Id)), cancellationToken)).ToDictionary(child => child.Id);
        var edition = (await catalog.SnapshotAsync(cancellationToken)).Edition(tournament.EditionId);
        var bySquad = squads.ToDictionary(squad => squad.Id);
        return places.Select(place => (place.SquadId, Player: Judge(children[place.EnrollmentId], place, bySquad[place.SquadId], tournament, edition)))
            .OrderBy(entry => SessionOrder(entry.Player), StringComparer.CurrentCultureIgnoreCase).ThenBy(entry => entry.Player.Participant, StringComparer.Ordinal)
            .ToLookup(entry => entry.SquadId, entry => entry.Player);
    }

    /// <summary>Youths of the squad's club who fit its category or are younger, and play in no squad of the tournament yet.</summary>
    public async Task<IReadOnlyList<Player>> CandidatesAsync(Tournament tournament, Squad squad, CancellationToken cancellationToken)
    {
        var edition = (await catalog.SnapshotAsync(cancellationToken)).Edition(tournament.EditionId);
        var age = AgeOf(squad, tournament, edition);
        var free = Roster(tournament, squad.SiteId, age.From, until: null);
        var children = await ReadAsync(free.OrderBy(row => row.EnrolledAt).ThenBy(row => row.Id).Take(CandidatesMax), cancellationToken);
        return [.. children.Select(child => Judge(child, null, squad, tournament, edition))
            .OrderBy(SessionOrder, StringComparer.CurrentCultureIgnoreCase).ThenBy(player => player.Participant, StringComparer.Ordinal)];
    }

    /// <summary>Youths of a club who hold a place, by birth date, and play in no squad of the tournament yet.</summary>
    public IQueryable<Enrollment> Roster(Tournament tournament, int siteId, DateOnly from, DateOnly? until) =>
        db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.SiteId == siteId && row.EditionId == tournament.EditionId && row.Slot == 0
            && row.Status != EnrollmentStatus.Waitlisted
            && db.Set<Participant>().Any(child => child.Id == row.ParticipantId && child.BirthDate >= from && (until == null || child.BirthDate <= until))
            && !db.Set<SquadPlayer>().Any(player => player.EnrollmentId == row.Id && player.TournamentId == tournament.Id));

    /// <summary>Who plays in a squad's category.</summary>
    public static PlayingAge AgeOf(Squad squad, Tournament tournament, Edition edition) =>
        tournament.AgeOf(tournament.Categories.First(category => category.Number == squad.Category), edition);

    private Player Judge(Child child, SquadPlayer? place, Squad squad, Tournament tournament, Edition edition)
    {
        var medical = child.Medical is { } own && child.OtherMedical is { } merged ? (own > merged ? own : merged) : child.Medical ?? child.OtherMedical;
        var facts = new PlayerFacts(
            child.BirthDate, child.Status, child.SiteId, DateOnly.FromDateTime(child.EnrolledAt.ToLocal()),
            child.EndedAt is { } ended ? DateOnly.FromDateTime(ended.ToLocal()) : null, child.ConsentOn, medical, place?.ExceptionAt is not null);
        var checks = Eligibility.Judge(facts, squad.SiteId, AgeOf(squad, tournament, edition), tournament.EndsOn);
        var arabic = DisplayName.Join(child.GivenNameAr, child.FamilyNameAr);
        return new Player(
            OpaqueId.Enrollment(child.Id), ParticipantCode.FromKey(child.ParticipantId).ToString(),
            DisplayName.Join(child.GivenName, child.FamilyName) ?? arabic ?? "", arabic, child.BirthDate.Year, Eligibility.Cleared(checks),
            [.. checks.Select(check => new Condition(check.Code, check.Met, Texts.WithFacts(texts[$"tournaments.why.{check.Code}"], check.Facts), check.Facts))],
            place?.ExceptionReason, medical);
    }

    private static string SessionOrder(Player player) => Languages.Current == "ar" ? player.NameAr ?? player.Name : player.Name;

    private Task<List<Child>> ReadAsync(IQueryable<Enrollment> enrollments, CancellationToken cancellationToken) =>
        (from row in enrollments.IgnoreQueryFilters()
         join child in db.Set<Participant>() on row.ParticipantId equals child.Id
         select new Child(
             row.Id, row.ParticipantId, child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate, row.Status, row.SiteId,
             row.EnrolledAt, row.EndedAt,
             db.Set<Consent>().Where(consent => consent.ParticipantId == child.Id && consent.Purpose == ConsentPurpose.Participation && consent.WithdrawnAt == null
                     && !db.Set<ConsentObjection>().Any(no => no.ParticipantId == child.Id && no.Purpose == consent.Purpose && no.EndedAt == null))
                 .Max(consent => (DateOnly?)consent.GivenOn),
             db.Set<MedicalCertificate>().Where(medical => medical.EnrollmentId == row.Id).Max(medical => (DateOnly?)medical.ValidUntil),
             // What was seen for the other file of the same child counts for the child, and so does what was seen before it left and came back.
             (from ended in db.Set<Enrollment>()
              join medical in db.Set<MedicalCertificate>() on ended.Id equals medical.EnrollmentId
              where ended.MergedIntoId == row.Id || (ended.ParticipantId == row.ParticipantId && ended.EditionId == row.EditionId && ended.SiteId == row.SiteId)
              select (DateOnly?)medical.ValidUntil).Max()))
        .ToListAsync(cancellationToken);

    private sealed record Child(
        int Id, int ParticipantId, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr, DateOnly BirthDate, EnrollmentStatus Status,
        int SiteId, DateTimeOffset EnrolledAt, DateTimeOffset? EndedAt, DateOnly? ConsentOn, DateOnly? Medical, DateOnly? OtherMedical);
}
