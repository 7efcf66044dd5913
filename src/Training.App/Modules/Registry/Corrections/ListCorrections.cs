using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Access;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Corrections;

/// <summary>What can be corrected in a file, what was, and what waits for a second look.</summary>
internal static class ListCorrections
{
    private const int Shown = 50;

    /// <param name="Participant">Code of the file.</param>
    /// <param name="Version">Sent back with a correction.</param>
    /// <param name="MayDecide">True when the reader answers for the child's region.</param>
    /// <param name="BirthDate">Birth date.</param>
    /// <param name="Sex">Sex.</param>
    /// <param name="MassarCode">Massar code; null when none.</param>
    /// <param name="FifaId">FIFA Connect ID; null when none.</param>
    /// <param name="LicenceNumber">Licence number; null when none.</param>
    /// <param name="Guardians">Guardians in order of contact.</param>
    /// <param name="Items">Corrections of this file, the latest first.</param>
    /// <param name="Effects">What the file is at odds with now.</param>
    internal sealed record Response(
        string Participant, int Version, bool MayDecide, DateOnly BirthDate, Sex Sex, string? MassarCode, string? FifaId, string? LicenceNumber,
        IReadOnlyList<GuardianLine> Guardians, IReadOnlyList<Item> Items, CorrectionEffects Effects);

    internal sealed record GuardianLine(int Guardian, string Name, Relationship Relationship, string? Phone, FamilyLanguage Language, bool ViewOnly);

    internal sealed record Item(
        string Id, CorrectionStatus Status, IReadOnlyList<CorrectedFact> Changes, string Reason, DateTimeOffset At, DateTimeOffset? DecidedAt, string? Note, bool Own, int Version);

    /// <param name="Id">Id of the correction.</param>
    /// <param name="Participant">Code of the file.</param>
    /// <param name="Fields">What is to be corrected, without values.</param>
    /// <param name="At">When it was proposed.</param>
    internal sealed record Waiting(string Id, string Participant, IReadOnlyList<string> Fields, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{code}/corrections", GetAsync).WithName("ListFileCorrections").WithSummary("What can be corrected in a file, and what was; the reading is recorded.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    public static void MapWaiting(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", WaitingAsync).WithName("ListWaitingCorrections").WithSummary("Corrections that wait for a second look, the oldest first.")
            .WithDescription("To a person, those that the person may decide; to a machine, those of the files that it sees.")
            .Produces<ItemList<Waiting>>().ProducesProblem(400);

    private static async Task<IResult> GetAsync(
        string code, [Description("Why; needed by the directorate alone.")] string? reason, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, reason, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> WaitingAsync(string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.WaitingAsync(cursor, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, ReadingLog readings, FileDeciders deciders, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string? code, string? reason, CancellationToken cancellationToken)
        {
            var key = await db.FileOfAsync(code, cancellationToken) ?? 0;
            var child = await db.Set<Participant>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (child is null) return Error.NotFound("participantNotFound");
            if (caller.Is(Role.Directorate) && !caller.Is(Role.Machine) && string.IsNullOrWhiteSpace(reason)) return Error.Rule("reasonRequired");
            var faults = new Faults();
            var why = FreeText.Read(reason, "reason", required: false, FileCorrection.ReasonMax, faults);
            if (!faults.None) return faults.ToError();
            var guardians = await (from tie in db.Set<Guardianship>()
                                   join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                                   where tie.ParticipantId == key
                                   orderby tie.Position
                                   select new GuardianLine(
                                       tie.Position, guardian.Name, tie.Relationship, guardian.Phone, guardian.Language,
                                       db.Set<Domain.Families.ViewOnlyGuardian>().Any(row => row.ParticipantId == key && row.GuardianId == guardian.Id))).ToListAsync(cancellationToken);
            var rows = await db.Set<FileCorrection>().Where(row => row.ParticipantId == key).OrderByDescending(row => row.Id).Take(Shown).ToListAsync(cancellationToken);
            var mayDecide = await deciders.IncludeCallerAsync(db.Set<Domain.Enrollments.Enrollment>(), key, cancellationToken);
            var effects = await CorrectionEffects.OfAsync(db, child, await catalog.SnapshotAsync(cancellationToken), time.Today(), cancellationToken);
            await readings.NoteAsync(
                key, "corrections", ShownParts.Identity | ShownParts.OfficialCodes | ShownParts.Guardians, why, cancellationToken);
            return new Response(
                ParticipantCode.FromKey(key).ToString(), child.Version, mayDecide, child.BirthDate, child.Sex, child.MassarCode, child.FifaId, child.LicenceNumber, guardians,
                [.. rows.Select(row => new Item(OpaqueId.Correction(row.Id), row.Status, row.Facts(), row.Reason, row.At, row.DecidedAt, row.Note, row.By == caller.Name, row.Version))],
                effects);
        }

        /// <summary>Those that the caller may decide; nothing of a file is shown but its code.</summary>
        /// <param name="cursor">Where to go on; null: at the oldest.</param>
        /// <param name="cancellationToken">Gives up.</param>
        public async Task<Result<ItemList<Waiting>>> WaitingAsync(string? cursor, CancellationToken cancellationToken)
        {
            var waiting = Undecided();
            if (!string.IsNullOrEmpty(cursor))
            {
                var id = OpaqueId.ParseCorrection(cursor) ?? 0;
                var last = await db.Set<FileCorrection>().Where(row => row.Id == id).Select(row => (DateTimeOffset?)row.At).SingleOrDefaultAsync(cancellationToken);
                if (last is not { } at) return Faults.Only("cursor", "unknownValue");
                waiting = waiting.Where(row => row.At > at || (row.At == at && row.Id > id));
            }
            var rows = await waiting.OrderBy(row => row.At).ThenBy(row => row.Id).Take(Shown + 1).ToListAsync(cancellationToken);
            return new ItemList<Waiting>(
                [.. rows.Take(Shown).Select(row => new Waiting(OpaqueId.Correction(row.Id), ParticipantCode.FromKey(row.ParticipantId).ToString(), [.. row.Facts().Select(fact => fact.Field)], row.At))],
                rows.Count > Shown ? OpaqueId.Correction(rows[Shown - 1].Id) : null);
        }

        /// <summary>How many wait for the caller.</summary>
        public Task<int> CountAsync(CancellationToken cancellationToken) => Undecided().CountAsync(cancellationToken);

        private IQueryable<FileCorrection> Undecided() =>
            deciders.Narrow(db.Set<FileCorrection>().Where(row => row.Status == CorrectionStatus.Proposed), db.Set<Domain.Enrollments.Enrollment>());
    }
}
