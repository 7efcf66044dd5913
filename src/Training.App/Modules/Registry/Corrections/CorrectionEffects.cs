using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Corrections;

/// <summary>
/// What a file, as it stands now, is at odds with. Nothing of it is changed by itself: a child is not sent away by a date, and a document
/// in somebody's hands is replaced by a person.
/// </summary>
/// <param name="Enrollments">Live enrollments whose rule of age the birth date breaks.</param>
/// <param name="Squads">Squads of tournaments to come, or under way, for which the child is too old.</param>
/// <param name="Certificates">Numbers of issued certificates that print a former name, birth date or sex.</param>
/// <param name="Consents">Consents that stand by somebody alone who is a guardian of this child no more: a guardian of today should sign.</param>
internal sealed record CorrectionEffects(
    IReadOnlyList<CorrectionEffects.EnrollmentAtOdds> Enrollments, IReadOnlyList<CorrectionEffects.SquadAtOdds> Squads, IReadOnlyList<string> Certificates,
    IReadOnlyList<CorrectionEffects.ConsentAtOdds> Consents)
{
    /// <param name="Enrollment">Id of the enrollment.</param>
    /// <param name="Edition">Code of its edition.</param>
    /// <param name="Site">Code of its site.</param>
    /// <param name="Rule">The rule: <c>tooYoung</c> or <c>tooOld</c>.</param>
    /// <param name="Facts">The facts that decide.</param>
    internal sealed record EnrollmentAtOdds(string Enrollment, string Edition, string Site, string Rule, IReadOnlyDictionary<string, object?>? Facts);

    /// <param name="Tournament">Id of the tournament.</param>
    /// <param name="Squad">Id of the squad.</param>
    /// <param name="Category">Its category.</param>
    internal sealed record SquadAtOdds(string Tournament, string Squad, string Category);

    /// <param name="Purpose">What it is for.</param>
    /// <param name="GivenOn">The day it was given (Africa/Casablanca).</param>
    internal sealed record ConsentAtOdds(ConsentPurpose Purpose, DateOnly GivenOn);

    /// <summary>True when nothing is at odds.</summary>
    public bool None => Enrollments.Count == 0 && Squads.Count == 0 && Certificates.Count == 0 && Consents.Count == 0;

    /// <summary>Looks at the child's file as far as the reader sees it.</summary>
    public static async Task<CorrectionEffects> OfAsync(ReadDb db, Participant child, DirectorySnapshot directory, DateOnly today, CancellationToken cancellationToken)
    {
        var live = await db.Set<Enrollment>().Where(row => row.ParticipantId == child.Id && row.Slot == 0).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var enrollments = new List<EnrollmentAtOdds>();
        foreach (var row in live)
        {
            if (Registration.AgeRefusal(directory.Edition(row.EditionId), child.BirthDate) is { } refusal)
                enrollments.Add(new EnrollmentAtOdds(OpaqueId.Enrollment(row.Id), directory.Edition(row.EditionId).Code, directory.Site(row.SiteId).Code, refusal.Code, refusal.Facts));
        }
        int[] keys = [.. live.Select(row => row.Id)];
        var squads = await (from player in db.Set<SquadPlayer>()
                            join squad in db.Set<Squad>() on player.SquadId equals squad.Id
                            join tournament in db.Set<Tournament>() on squad.TournamentId equals tournament.Id
                            where keys.Contains(player.EnrollmentId) && player.ExceptionAt == null && tournament.EndsOn >= today
                            select new { player.EnrollmentId, squad.Id, squad.TournamentId, squad.Category }).ToListAsync(cancellationToken);
        var tooOld = squads.Where(row =>
            (directory.Edition(live.Single(one => one.Id == row.EnrollmentId).EditionId).CategoryOf(child.BirthDate)?.Number ?? int.MaxValue) > row.Category);
        var certificates = await db.Set<Certificate>().Where(row => row.ParticipantId == child.Id && row.Status == CertificateStatus.Issued && row.ErasedAt == null
                && (row.BirthDate != child.BirthDate || row.Sex != child.Sex || row.GivenName != child.GivenName || row.FamilyName != child.FamilyName
                    || row.GivenNameAr != child.GivenNameAr || row.FamilyNameAr != child.FamilyNameAr))
            .OrderBy(row => row.Id).Select(row => row.Number).ToListAsync(cancellationToken);
        var standing = db.Set<Consent>().Where(row => row.ParticipantId == child.Id && row.WithdrawnAt == null);
        var guardians = db.Set<Guardianship>().Where(tie => tie.ParticipantId == child.Id).Select(tie => tie.GuardianId);
        // A further consent ends none: once a guardian of today has signed for the purpose, nothing more is wanted.
        var consents = await standing
            .Where(row => !guardians.Contains(row.GuardianId) && !standing.Any(other => other.Purpose == row.Purpose && guardians.Contains(other.GuardianId)))
            .OrderBy(row => row.Purpose).ThenBy(row => row.GivenOn).ThenBy(row => row.Id)
            .Select(row => new ConsentAtOdds(row.Purpose, row.GivenOn)).ToListAsync(cancellationToken);
        return new CorrectionEffects(
            enrollments,
            [.. tooOld.Select(row => new SquadAtOdds(OpaqueId.Tournament(row.TournamentId), OpaqueId.Squad(row.Id), FormattableString.Invariant($"U{row.Category}")))],
            certificates, consents);
    }
}
