using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.App.Platform.Telemetry;
using Training.Data.Enrollments;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments;

/// <summary>Registers a child with guardians, consents and enrollment at once.</summary>
internal static class RegisterParticipant
{
    // Properties and not constructor parameters: of more than four the reader of JSON boxes every one.
    internal sealed record Request
    {
        [Description("Edition code, for instance football-2026.")]
        public string? Edition { get; init; }

        [Description("Site code, for instance RSB.")]
        public string? Site { get; init; }

        [Description("Group id; null: the site's first group with a place, opened on demand.")]
        public string? Group { get; init; }

        public ChildInput? Participant { get; init; }

        public IReadOnlyList<GuardianRequest>? Guardians { get; init; }

        public IReadOnlyList<ConsentRequest>? Consents { get; init; }

        [Description("null, \"notADuplicate\", or { \"sameAs\": participant code }.")]
        public DuplicateDecision? DuplicateDecision { get; init; }
    }

    internal sealed record ChildInput
    {
        public string? GivenName { get; init; }

        public string? FamilyName { get; init; }

        public string? GivenNameAr { get; init; }

        public string? FamilyNameAr { get; init; }

        public DateOnly? BirthDate { get; init; }

        public Sex? Sex { get; init; }

        public string? Province { get; init; }

        public string? MassarCode { get; init; }

        public string? FifaId { get; init; }

        public string? LicenceNumber { get; init; }

        public string? Note { get; init; }
    }

    internal sealed record GuardianRequest
    {
        public string? Name { get; init; }

        public Relationship? Relationship { get; init; }

        public string? Phone { get; init; }

        public bool? NoPhone { get; init; }

        public string? Language { get; init; }
    }

    internal sealed record ConsentRequest(ConsentPurpose? Purpose, ConsentMethod? Method, int? Guardian, DateOnly? GivenOn);

    /// <summary>What the caller gets: the ids, and the code to print for the family; null when the family has one from elsewhere.</summary>
    internal sealed record Response(string Enrollment, string Participant, string Status, string? ClaimCode);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/enrollments", PostAsync).WithName("RegisterParticipant")
            .WithSummary("Register participant, guardians, consents and enrollment at once.")
            .WithDescription("409 possibleDuplicate lists candidates: send again with duplicateDecision and a new Idempotency-Key. "
                + "claimCode is null for a known child (sameAs) whose file was outside the caller's perimeter: the family keeps the code it has, and the "
                + "registration is noted as a reading of the child's file. 422 names the refused rule and its facts.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(
            texts, response => TypedResults.Created($"/api/participants/{response.Participant}", response));

    internal sealed class Handler(
        DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, SystemSecrets secrets,
        Caller caller, Idempotency idempotency, ReadingLog readings, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var place = Place(request, directory);
            if (!place.Succeeded) return place.Error;
            var (edition, site, groupId) = place.Value;

            var input = request.ToInput(directory);
            if (!input.Succeeded) return input.Error;
            var registration = Registration.Check(input.Value, edition, time.Today());
            if (!registration.Succeeded) return registration.Error;

            var child = await keys.NextAsync<Participant>(cancellationToken);
            var secret = await secrets.GetAsync(SystemSecrets.ClaimCodes, cancellationToken);
            var claim = ClaimCode.Derive(secret, child, issue: 1);
            var order = new RegistrationOrder(
                registration.Value, edition, site, groupId, request.DuplicateDecision is { SameAs: null }, KnownChild(request.DuplicateDecision))
            {
                ParticipantId = child,
                EnrollmentId = await keys.NextAsync<Enrollment>(cancellationToken),
                GuardianIds = await NextAsync<Guardian>(registration.Value.Guardians.Count, cancellationToken),
                ConsentIds = await NextAsync<Consent>(registration.Value.Consents.Count, cancellationToken),
                ClaimHash = claim.LookupHash(),
                Caller = caller.Name,
                DayOf = LocalTime.DayOf,
                Now = time.GetUtcNow(),
                SiteIsLimited = directory.LimitOf(edition.Id, site.Id) is not null,
            };
            var written = await WriteAsync(order, new Claims(secret, claim), cancellationToken);
            if (written.Succeeded) Measures.Registrations.Add(1);
            return written;
        }

        private async Task<Result<Response>> WriteAsync(RegistrationOrder order, Claims claims, CancellationToken cancellationToken)
        {
            try
            {
                var written = await gate.WriteAsync(caller.Scope, (session, token) => OnceAsync(session, order, claims, token), cancellationToken);
                if (written.Error?.Code != RegistrationStore.NeedsGroup) return written;
                var withGroup = order with { NewGroupId = await keys.NextAsync<Group>(cancellationToken) };
                return await gate.WriteAsync(caller.Scope, (session, token) => OnceAsync(session, withGroup, claims, token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) == "Groups" && order.GroupId is null)
            {
                // Another registration opened the same group a moment ago: there is a place in it now.
                return await gate.WriteAsync(caller.Scope, (session, token) => OnceAsync(session, order, claims, token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) == "Enrollments")
            {
                return Error.Conflict("alreadyEnrolled");
            }
        }

        private async Task<Result<Response>> OnceAsync(WriteSession session, RegistrationOrder order, Claims claims, CancellationToken cancellationToken)
        {
            await provider.ShareAsync(session.Db, RegistrationStore.AllChildren, cancellationToken);
            await provider.SerializeAsync(session.Db, order.BirthLock, cancellationToken);
            if (order.SiteIsLimited) await provider.SerializeAsync(session.Db, SitePlaces.LockOf(order.Site.Id), cancellationToken);
            return await idempotency.OnceAsync(session, () => RegisterAsync(session, order, claims, cancellationToken), cancellationToken);
        }

        private async Task<Result<Response>> RegisterAsync(WriteSession session, RegistrationOrder order, Claims claims, CancellationToken cancellationToken)
        {
            if (order.SameAs is { } typed) order = order with { SameAs = await ParticipantAliases.ResolveAsync(session.Db, typed, cancellationToken) };
            // Asked before the registration itself makes the child visible.
            var knownElsewhere = order.SameAs is { } known && !await session.Db.Set<Participant>().AnyAsync(row => row.Id == known, cancellationToken);
            var written = await new RegistrationStore(session, caller.Scope).WriteAsync(order, cancellationToken);
            if (!written.Succeeded) return written.Error;
            var (participant, enrollment) = written.Value;
            session.Events.Add(new Messages.ParticipantEnrolled(enrollment.Id, enrollment.SiteId, enrollment.EditionId));
            if (enrollment.Status == EnrollmentStatus.AwaitingConsent) session.Events.Add(new Messages.ConsentAwaited(enrollment.Id));
            if (knownElsewhere) session.Rows.Insert(readings.Reading(participant.Id, "registration", ShownParts.Identity));
            return new Response(
                OpaqueId.Enrollment(enrollment.Id),
                ParticipantCode.FromKey(participant.Id).ToString(),
                StatusName(enrollment.Status),
                knownElsewhere ? null : (order.SameAs is null ? claims.OfNewChild : ClaimCode.Derive(claims.Secret, participant.Id, participant.ClaimIssue)).ToString());
        }

        /// <summary>Codes for families: a new child's is made before the change, so that the one writer need not.</summary>
        private sealed record Claims(byte[] Secret, ClaimCode OfNewChild);

        private Result<(Edition Edition, Site Site, int? Group)> Place(Request request, DirectorySnapshot directory)
        {
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.Edition)) faults.Add("edition", "missing");
            if (string.IsNullOrWhiteSpace(request.Site)) faults.Add("site", "missing");
            if (request.Participant is null) faults.Add("participant", "missing");
            if (!faults.None) return faults.ToError();
            if (directory.FindEdition(request.Edition) is not { } edition) return Error.NotFound("editionNotFound");
            if (directory.FindSite(request.Site) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
            if (!site.IsOpen) return Error.Rule("siteClosed");
            if (site.Kind != edition.SiteKind) return Error.Rule("siteOfOtherTrack");
            var group = OpaqueId.ParseGroup(request.Group);
            return request.Group is null || group is not null ? (edition, site, group) : Error.NotFound("groupNotFound");
        }

        private async Task<int[]> NextAsync<TEntity>(int count, CancellationToken cancellationToken)
        {
            var next = new int[count];
            for (var i = 0; i < count; i++) next[i] = await keys.NextAsync<TEntity>(cancellationToken);
            return next;
        }
    }

    /// <summary>-1 is no child's key: a code that cannot be read is looked up in vain.</summary>
    private static int? KnownChild(DuplicateDecision? decision) => decision?.SameAs is not { } code ? null
        : ParticipantCode.TryParse(code, out var parsed) ? (int)parsed.ToKey()
        : -1;

    private static string StatusName(EnrollmentStatus status) => char.ToLowerInvariant(status.ToString()[0]) + status.ToString()[1..];

    private static Result<RegistrationInput> ToInput(this Request request, DirectorySnapshot directory)
    {
        var child = request.Participant!;
        var faults = new Faults();
        var province = directory.FindProvince(child.Province);
        if (!string.IsNullOrWhiteSpace(child.Province) && province is null) faults.Add("participant.province", "unknownProvince");
        var guardians = request.Guardians ?? [];
        for (var i = 0; i < guardians.Count; i++)
        {
            if (guardians[i] is null) faults.Add($"guardians[{i}]", "missing");
            else if (guardians[i].Language is not (null or "" or "ar" or "fr" or "zgh")) faults.Add($"guardians[{i}].language", "unknownLanguage");
        }
        var consents = request.Consents ?? [];
        for (var i = 0; i < consents.Count; i++)
        {
            if (consents[i] is null) faults.Add($"consents[{i}]", "missing");
        }
        if (!faults.None) return faults.ToError();
        return new RegistrationInput
        {
            GivenName = child.GivenName,
            FamilyName = child.FamilyName,
            GivenNameAr = child.GivenNameAr,
            FamilyNameAr = child.FamilyNameAr,
            BirthDate = child.BirthDate,
            Sex = child.Sex,
            ProvinceId = province?.Id,
            MassarCode = child.MassarCode,
            FifaId = child.FifaId,
            LicenceNumber = child.LicenceNumber,
            Note = child.Note,
            Guardians = [.. guardians.Select(guardian =>
                new GuardianInput(guardian.Name, guardian.Relationship, guardian.Phone, guardian.NoPhone == true, LanguageOf(guardian.Language)))],
            Consents = [.. consents.Select(consent => new ConsentInput(consent.Purpose, consent.Method, consent.Guardian ?? 0, consent.GivenOn))],
        };
    }

    private static FamilyLanguage? LanguageOf(string? code) => code switch
    {
        "fr" => FamilyLanguage.French,
        "zgh" => FamilyLanguage.Amazigh,
        _ => FamilyLanguage.Arabic,
    };
}
