using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>A family's own children: sessions in plain facts, attendance, certificates.</summary>
internal static class GetChildren
{
    internal sealed record Response(IReadOnlyList<Child> Items);

    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name in Latin letters, in Arabic ones where only those are known.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    /// <param name="Sex">For the grammar of the sentences about the child.</param>
    /// <param name="Enrollments">The child's places in editions, the newest first.</param>
    /// <param name="Consents">What the guardians agreed to, the newest answer for each purpose.</param>
    internal sealed record Child(
        string Participant, string Name, string? NameAr, Sex Sex, IReadOnlyList<Place> Enrollments, IReadOnlyList<ConsentLine> Consents);

    /// <param name="Purpose">What for.</param>
    /// <param name="GivenOn">When it was given.</param>
    /// <param name="Withdrawn">True once it was withdrawn.</param>
    /// <param name="TextVersion">Which text the guardian saw.</param>
    /// <param name="Objected">True while another guardian is against it: it counts as refused meanwhile.</param>
    internal sealed record ConsentLine(ConsentPurpose Purpose, DateOnly GivenOn, bool Withdrawn, int TextVersion, bool Objected);

    /// <summary>
    /// A place in an edition, named in the family's language: <c>Held</c> counts the group's closed sessions, <c>Attended</c> those of
    /// them at which the child was present or late.
    /// </summary>
    internal sealed record Place(
        string Enrollment, string Edition, string Programme, string Site, EnrollmentStatus Status, int Held, int Attended,
        IReadOnlyList<SessionLine> Sessions, IReadOnlyList<CertificateLine> Certificates);

    internal sealed record SessionLine(
        DateOnly Date, string Start, int Minutes, SessionKind Kind, SessionStatus SessionStatus, AttendanceStatus? Status,
        IReadOnlyList<string> Modules);

    /// <param name="Number">Its number.</param>
    /// <param name="Kind">Of participation or of completion.</param>
    /// <param name="Status">Where it stands.</param>
    /// <param name="IssuedOn">The day it was issued.</param>
    /// <param name="HasDocument">True when it can be downloaded.</param>
    /// <param name="Share">Address where anybody can verify it: what the family sends to whoever asks.</param>
    /// <param name="Badge">Whether it is given as a digital credential.</param>
    internal sealed record CertificateLine(
        string Number, CertificateKind Kind, CertificateStatus Status, DateOnly IssuedOn, bool HasDocument, string Share, BadgeOffer Badge);

    /// <summary>Whether a certificate is given as a digital credential.</summary>
    internal enum BadgeOffer
    {
        /// <summary>Not to this child, or not now.</summary>
        None,

        /// <summary>Once a guardian agrees.</summary>
        AsksConsent,

        /// <summary>It can be downloaded.</summary>
        Ready,
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/children", GetAsync).WithName("GetChildren").WithSummary("The family's children, their sessions and certificates.")
            .Produces<Response>();

    private static async Task<IResult> GetAsync(Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, PublicAddress address, Caller caller, TimeProvider time)
    {
        /// <summary>Most sessions shown for one place, the newest.</summary>
        private const int SessionsMax = 200;

        public async Task<Result<Response>> HandleAsync(CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var ids = caller.Scope.Participants;
            var children = await db.Set<Participant>().Where(row => ids.Contains(row.Id)).OrderBy(row => row.BirthDate).ToListAsync(cancellationToken);
            var enrollments = await db.Set<Enrollment>().Where(row => ids.Contains(row.ParticipantId))
                .OrderByDescending(row => row.Id).ToListAsync(cancellationToken);
            var certificates = (await db.Set<Certificate>().Where(row => ids.Contains(row.ParticipantId)).OrderBy(row => row.Id)
                .ToListAsync(cancellationToken)).ToLookup(row => row.EnrollmentId);

            var consents = (await db.Set<Consent>().Where(row => ids.Contains(row.ParticipantId)).ToListAsync(cancellationToken))
                .ToLookup(row => row.ParticipantId);

            var objections = (await db.Set<ConsentObjection>().Where(row => ids.Contains(row.ParticipantId) && row.EndedAt == null)
                .Select(row => new { row.ParticipantId, row.Purpose }).ToListAsync(cancellationToken)).ToLookup(row => row.ParticipantId, row => row.Purpose);

            var shown = new List<Child>(children.Count);
            foreach (var child in children)
            {
                var places = new List<Place>();
                var badge = consents[child.Id].Any(row => row.Purpose == ConsentPurpose.DigitalBadge && row.WithdrawnAt is null)
                    && !objections[child.Id].Contains(ConsentPurpose.DigitalBadge);
                foreach (var enrollment in enrollments.Where(row => row.ParticipantId == child.Id))
                    places.Add(await PlaceAsync(enrollment, certificates[enrollment.Id], badge, directory, cancellationToken));
                var arabic = DisplayName.Join(child.GivenNameAr, child.FamilyNameAr);
                shown.Add(new Child(
                    ParticipantCode.FromKey(child.Id).ToString(), DisplayName.Join(child.GivenName, child.FamilyName) ?? arabic ?? "", arabic,
                    child.Sex, places, Latest(consents[child.Id], [.. objections[child.Id]])));
            }
            return new Response(shown);
        }

        private static ConsentLine[] Latest(IEnumerable<Consent> consents, IReadOnlyCollection<ConsentPurpose> objections) =>
            [.. consents.GroupBy(row => row.Purpose).OrderBy(purpose => purpose.Key).Select(purpose => purpose.MaxBy(row => (row.WithdrawnAt is null, row.Id))!)
                .Select(row => new ConsentLine(
                    row.Purpose, row.GivenOn, row.WithdrawnAt is not null, row.TextVersion, row.WithdrawnAt is null && objections.Contains(row.Purpose)))];

        private Task<List<Line>> LinesAsync(IQueryable<Session> sessions, Enrollment enrollment, CancellationToken cancellationToken) =>
            (from session in sessions
             where session.Status != SessionStatus.Cancelled
             orderby session.Date descending, session.Start descending
             select new Line(
                 session,
                 db.Set<AttendanceMark>().Where(mark => mark.SessionId == session.Id && mark.EnrollmentId == enrollment.Id)
                     .Select(mark => (AttendanceStatus?)mark.Status).FirstOrDefault())).Take(SessionsMax).ToListAsync(cancellationToken);

        private static BadgeOffer OfferOf(Error? refusal) => refusal?.Code switch
        {
            null => BadgeOffer.Ready,
            "badgeNoConsent" => BadgeOffer.AsksConsent,
            _ => BadgeOffer.None,
        };

        private sealed record Line(Session Session, AttendanceStatus? Status);

        private async Task<Place> PlaceAsync(
            Enrollment enrollment, IEnumerable<Certificate> certificates, bool badgeConsented, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var inArabic = Languages.Current == "ar";
            var rows = await LinesAsync(db.Set<Session>().Where(row => row.GroupId == enrollment.GroupId && row.SquadId == null), enrollment, cancellationToken);
            // Two searches by key: as one with "or" it would pass every session of the country.
            var squads = await db.Set<SquadPlayer>().Where(row => row.EnrollmentId == enrollment.Id).Select(row => row.SquadId).ToListAsync(cancellationToken);
            if (squads.Count > 0)
            {
                rows.AddRange(await LinesAsync(db.Set<Session>().Where(row => squads.Contains(row.SquadId ?? 0)), enrollment, cancellationToken));
                rows = [.. rows.OrderByDescending(row => row.Session.Date).ThenByDescending(row => row.Session.Start).Take(SessionsMax)];
            }
            var keys = rows.Select(row => row.Session.Id).ToArray();
            var modules = (await db.Set<SessionModule>().Where(row => keys.Contains(row.SessionId)).ToListAsync(cancellationToken))
                .ToLookup(row => row.SessionId, row => directory.Module(row.ModuleId));
            var held = rows.Where(row => row.Session.Status == SessionStatus.Closed).ToArray();
            var edition = directory.Edition(enrollment.EditionId);
            var site = directory.Site(enrollment.SiteId);
            return new Place(
                OpaqueId.Enrollment(enrollment.Id), edition.Code, inArabic ? edition.NameAr : edition.NameFr, inArabic ? site.NameAr : site.NameFr,
                enrollment.Status, held.Length,
                held.Count(row => row.Status is AttendanceStatus.Present or AttendanceStatus.Late),
                [.. rows.Select(row => new SessionLine(
                    row.Session.Date, row.Session.Start.ToString("HH:mm", CultureInfo.InvariantCulture), row.Session.Minutes, row.Session.Kind,
                    row.Session.Status, row.Status,
                    [.. modules[row.Session.Id].OrderBy(module => module.Position).Select(module => inArabic ? module.NameAr : module.NameFr)]))],
                [.. certificates.Select(row => new CertificateLine(row.Number, row.Kind, row.Status, row.IssuedOn, row.FileHash is not null,
                    address.Verification(row.VerificationCode), OfferOf(Badge.Refusal(row, edition.BadgeAgeMin, time.Today(), badgeConsented))))]);
        }
    }
}
