using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Localization;
using Training.Data;
using Training.Data.Platform;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Platform.Http;

/// <summary>
/// What a request's <c>Idempotency-Key</c> means: the first success is stored in the transaction of the change itself and given
/// again to a repeat, also to one that runs beside it; the key with another body is refused, also when the first answer was a
/// refusal. Answers are stored encrypted, since they may hold a claim code.
/// </summary>
internal sealed class Idempotency(TimeProvider time, IDataProtectionProvider protection)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private const int KeyMax = 100;

    private readonly IDataProtector protector = protection.CreateProtector("training.idempotency");
    private string? caller;
    private string? key;
    private byte[] hash = [];
    private IdempotencyRow? known;

    /// <summary>True when the caller sent a key.</summary>
    public bool IsAsked => key is not null;

    /// <summary>True when the refusal of this request must be remembered by its hash.</summary>
    public bool IsNew => known is null;

    /// <summary>Takes the key of the current request.</summary>
    public void Ask(string callerName, string requestKey, byte[] requestHash, IdempotencyRow? row) =>
        (caller, key, hash, known) = (callerName, requestKey, requestHash, row);

    /// <summary>
    /// Takes the key of a request whose body is a file, which the middleware does not read: the sender makes a new multipart boundary
    /// for every try, so it is the file and its parameters that must be the same.
    /// </summary>
    /// <param name="db">Where keys are kept.</param>
    /// <param name="callerName">Who asks.</param>
    /// <param name="requestKey">The header's value; null or empty when there is none.</param>
    /// <param name="request">What must be the same.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why the key cannot be used; null when it can.</returns>
    public async Task<Error?> AskForFileAsync(TrainingDbContext db, string callerName, string? requestKey, string request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(requestKey)) return null;
        if (!IsWellFormed(requestKey)) return Error.Of(ErrorKind.Invalid, "idempotencyKeyMalformed");
        var row = await db.Set<IdempotencyRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Caller == callerName && row.Key == requestKey, cancellationToken);
        if (row is not null && time.GetUtcNow() - row.CreatedAt >= Life) row = null;
        Ask(callerName, requestKey, SHA256.HashData(Encoding.UTF8.GetBytes(request)), row);
        return row is not null && !row.RequestHash.AsSpan().SequenceEqual(hash) ? Error.Of(ErrorKind.Rule, "idempotencyKeyReused") : null;
    }

    /// <summary>True for a key of printable characters without blanks.</summary>
    internal static bool IsWellFormed(string requestKey) => requestKey.Length is > 0 and <= KeyMax && !requestKey.Any(symbol => symbol is < '!' or > '~');

    /// <summary>The answer given before, if any.</summary>
    public bool TryReplay<T>(out T answer)
    {
        answer = default!;
        if (known?.Response is not { } response || time.GetUtcNow() - known.CreatedAt >= Life) return false;
        answer = JsonSerializer.Deserialize<T>(protector.Unprotect(response), JsonSerializerOptions.Web)!;
        return true;
    }

    /// <summary>
    /// Runs a change once a key: gives the answer that a request beside this one has stored meanwhile, or runs the change and
    /// stores its success.
    /// </summary>
    public async Task<Result<T>> OnceAsync<T>(WriteSession session, Func<Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        if (!IsAsked) return await change();
        var (who, what) = (caller!, key!);
        known = await session.Db.Set<IdempotencyRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Caller == who && row.Key == what, cancellationToken);
        if (known is not null && !known.RequestHash.AsSpan().SequenceEqual(hash) && time.GetUtcNow() - known.CreatedAt < Life)
            return Error.Of(ErrorKind.Rule, "idempotencyKeyReused");
        if (TryReplay<T>(out var answer)) return answer;

        var result = await change();
        if (!result.Succeeded) return result;
        if (known is not null)
        {
            await session.Db.Set<IdempotencyRow>().Where(row => row.Caller == who && row.Key == what).ExecuteDeleteAsync(cancellationToken);
        }
        session.Rows.Insert(Row(protector.Protect(JsonSerializer.Serialize(result.Value, JsonSerializerOptions.Web))));
        return result;
    }

    /// <summary>Remembers that the key was used with this body although the answer was a refusal.</summary>
    public IdempotencyRow RefusedRow() => Row(null);

    private IdempotencyRow Row(string? response) => new()
    {
        Caller = caller!,
        Key = key!,
        RequestHash = hash,
        Response = response,
        CreatedAt = time.GetUtcNow(),
    };
}

/// <summary>Reads the header of POST requests and guards the key.</summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next)
{
    public const string Header = "Idempotency-Key";

    public async Task InvokeAsync(HttpContext context, Idempotency idempotency, Caller caller, IWriteGate gate, IDatabaseProvider provider, Texts texts, TimeProvider time)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || request.Headers[Header] is not [{ } key] || request.HasFormContentType
            || caller.Roles.Count == 0)
        {
            await next(context);
            return;
        }
        if (!Idempotency.IsWellFormed(key))
        {
            await Refuse(context, texts, ErrorKind.Invalid, "idempotencyKeyMalformed");
            return;
        }

        var hash = await HashAsync(request, context.RequestAborted);
        var db = context.RequestServices.GetRequiredService<TrainingDbContext>();
        var known = await db.Set<IdempotencyRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Caller == caller.Name && row.Key == key, context.RequestAborted);
        if (known is not null && time.GetUtcNow() - known.CreatedAt >= Idempotency.Life) known = null;
        if (known is not null && !known.RequestHash.AsSpan().SequenceEqual(hash))
        {
            await Refuse(context, texts, ErrorKind.Rule, "idempotencyKeyReused");
            return;
        }
        idempotency.Ask(caller.Name, key, hash, known);
        try
        {
            await next(context);
        }
        catch (Exception lost) when (provider.UniqueViolation(lost) == "IdempotencyKeys")
        {
            await Refuse(context, texts, ErrorKind.Conflict, "requestInFlight");
            return;
        }
        if (context.Response.StatusCode is >= 400 and < 500 && idempotency.IsNew) await RememberAsync(gate, provider, idempotency);
    }

    private static async Task RememberAsync(IWriteGate gate, IDatabaseProvider provider, Idempotency idempotency)
    {
        try
        {
            await gate.WriteAsync<Done>(Data.Scope.AccessScope.None, (session, _) =>
            {
                session.Rows.Insert(idempotency.RefusedRow());
                return Task.FromResult<Result<Done>>(default(Done));
            }, CancellationToken.None);
        }
        catch (Exception lost) when (provider.UniqueViolation(lost) is not null)
        {
            // A repeat that ran beside this one was quicker.
        }
    }

    private static Task Refuse(HttpContext context, Texts texts, ErrorKind kind, string code) =>
        Error.Of(kind, code).ToProblem(texts).ExecuteAsync(context);

    private static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0) hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
