using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data;
using Training.Data.Access;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>
/// Lets in whoever holds the printed code and knows the birth date: at once where no code can be sent to a guardian's phone, else as far as that code. An unknown code and a wrong date answer alike
/// and cost the same; five wrong guesses at a code stop guessing at it for a while, whether it exists or not.
/// </summary>
internal static class ClaimChild
{
    /// <summary>Wrong guesses at one code before it is locked.</summary>
    public const int FailuresMax = 5;

    /// <summary>How long a code stays locked.</summary>
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    internal sealed record Request(string? ClaimCode, DateOnly? BirthDate);

    /// <param name="Participant">Participant code.</param>
    /// <param name="Ticket">Null: the session is open. Else a one-time code is needed, to be asked for with this ticket.</param>
    /// <param name="Phones">Phones to which the code can be sent; null when the session is open.</param>
    internal sealed record Response(string Participant, string? Ticket, IReadOnlyList<PhoneChoice>? Phones);

    /// <summary>How far the family is in.</summary>
    internal sealed record Entrance(int Child, string? Ticket, IReadOnlyList<PhoneChoice> Phones);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/claim", PostAsync).WithName("ClaimChild").AllowAnonymous().RequireRateLimiting(RateLimits.Claims)
            .WithSummary("Open a family session with the printed code and the child's birth date; where a code can be sent to a guardian's phone, it is needed too.")
            .Produces<Response>().Produces<Response>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(404).ProducesProblem(429);

    private static async Task<IResult> PostAsync(
        Request request, HttpContext context, Handler handler, FamilySession session, Texts texts, CancellationToken cancellationToken)
    {
        var claimed = await handler.HandleAsync(request, cancellationToken);
        if (claimed.Error?.Kind == ErrorKind.TooMany)
            context.Response.Headers.RetryAfter = ((int)LockTime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (claimed is { Succeeded: true, Value.Ticket: null }) await session.OpenAsync(context, [claimed.Value.Child], null, null, cancellationToken);
        return claimed.ToHttp<Entrance>(texts, entrance =>
        {
            var code = ParticipantCode.FromKey(entrance.Child).ToString();
            return entrance.Ticket is null
                ? TypedResults.Ok(new Response(code, null, null))
                : TypedResults.Accepted((string?)null, new Response(code, entrance.Ticket, entrance.Phones));
        });
    }

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, ISmsSender sms, FamilyTickets tickets, TimeProvider time)
    {
        private enum Outcome
        {
            Opened,
            Wrong,
            Locked,
        }

        public async Task<Result<Entrance>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.ClaimCode)) faults.Add("claimCode", "missing");
            if (request.BirthDate is not { } birthDate) faults.Add("birthDate", "missing");
            var readable = ClaimCode.TryParse(request.ClaimCode, out var code);
            if (!readable && !string.IsNullOrWhiteSpace(request.ClaimCode)) faults.Add("claimCode", "claimCodeMalformed");
            if (!faults.None) return faults.ToError();

            // The guess must be counted even though it is refused, so the refusal is a value that is committed.
            var guess = await gate.WriteAsync(
                AccessScope.Whole, (write, token) => GuessAsync(write, code.LookupHash(), request.BirthDate!.Value, token), cancellationToken);
            return guess.Value.Outcome switch
            {
                Outcome.Opened when guess.Value.Phones is [] => new Entrance(guess.Value.Child, null, []),
                Outcome.Opened => new Entrance(guess.Value.Child, tickets.Write(new FamilyTicket(guess.Value.Child, null, null)), guess.Value.Phones),
                Outcome.Locked => Error.Of(ErrorKind.TooMany, "claimLocked") with
                {
                    Facts = new Dictionary<string, object?> { ["minutes"] = (int)LockTime.TotalMinutes },
                },
                _ => Error.NotFound("claimNotFound"),
            };
        }

        private async Task<Result<(Outcome Outcome, int Child, IReadOnlyList<PhoneChoice> Phones)>> GuessAsync(
            WriteSession write, long hash, DateOnly birthDate, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, string.Create(CultureInfo.InvariantCulture, $"claim:{hash}"), cancellationToken);
            var now = time.GetUtcNow();
            var known = await write.Db.Set<ClaimLock>().SingleOrDefaultAsync(row => row.ClaimHash == hash, cancellationToken);
            var child = await FileOfAsync(write.Db, hash, birthDate, cancellationToken);
            if (known?.LockedUntil > now) return (Outcome.Locked, 0, []);
            if (child is { } id)
            {
                if (known is not null) write.Db.Remove(known);
                await write.Db.SaveChangesAsync(cancellationToken);
                PhoneChoice[] phones = sms.IsConfigured ? [.. (await FamilyPhones.OfAsync(write.Db, id, cancellationToken)).Select(phone => phone.Shown)] : [];
                // With a phone to prove, it is read when the code was right.
                if (phones is []) write.Rows.Insert(new FileReading { ParticipantId = id, Reader = FamilySession.Reader, Door = "family-claim", Parts = ShownParts.Identity, At = now });
                return (Outcome.Opened, id, phones);
            }
            known ??= write.Db.Add(new ClaimLock { ClaimHash = hash }).Entity;
            known.Failures++;
            known.LockedUntil = known.Failures < FailuresMax ? null : now + LockTime;
            if (known.LockedUntil is not null) known.Failures = 0;
            await write.Db.SaveChangesAsync(cancellationToken);
            return (Outcome.Wrong, 0, []);
        }

        /// <summary>
        /// The paper of a merged file still opens the child's; so does either birth date, since the family knows which was written.
        /// Looked for among the children of that day: a few dozen, so that the code needs no index of its own.
        /// </summary>
        internal static Task<int?> FileOfAsync(TrainingDbContext db, long hash, DateOnly birthDate, CancellationToken cancellationToken)
        {
            var files = db.Set<Participant>().IgnoreQueryFilters();
            var ofThatDay = files.Where(row => row.BirthDate == birthDate);
            var merged = ofThatDay.SelectMany(goesOn => files.Where(row => row.MergedIntoId == goesOn.Id && row.ClaimHash == hash));
            return ofThatDay.Where(row => row.ClaimHash == hash).Concat(merged)
                .Select(row => row.MergedIntoId ?? (int?)row.Id).FirstOrDefaultAsync(cancellationToken);
        }
    }
}
