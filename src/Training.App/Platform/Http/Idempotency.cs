using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
/// again to a repeat; the key with another body is refused, also when the first answer was a refusal.
/// </summary>
internal sealed class Idempotency(TimeProvider time)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private string? caller;
    private string? key;
    private byte[] hash = [];
    private string? stored;

    /// <summary>True when the caller sent a key.</summary>
    public bool IsAsked => key is not null;

    /// <summary>True once the answer lies in the database.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Takes the key of the current request.</summary>
    public void Ask(string callerName, string requestKey, byte[] requestHash, IdempotencyRow? known)
    {
        (caller, key, hash, stored) = (callerName, requestKey, requestHash, known?.Response);
        IsKept = known is not null;
    }

    /// <summary>The answer given before, if any.</summary>
    public bool TryReplay<T>(out T answer)
    {
        answer = default!;
        if (stored is null) return false;
        answer = JsonSerializer.Deserialize<T>(stored, JsonSerializerOptions.Web)!;
        return true;
    }

    /// <summary>Stores a success in the change's own transaction.</summary>
    public void Keep<T>(WriteSession session, T answer)
    {
        if (!IsAsked || IsKept) return;
        session.Rows.Insert(Row(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web)));
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

    private const int KeyMax = 100;

    public async Task InvokeAsync(HttpContext context, Idempotency idempotency, Caller caller, TrainingDbContext db, IWriteGate gate, IDatabaseProvider provider, Texts texts)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || request.Headers[Header] is not [{ } key] || request.HasFormContentType)
        {
            await next(context);
            return;
        }
        if (key.Length is 0 or > KeyMax || key.Any(symbol => symbol is < '!' or > '~'))
        {
            await Refuse(context, texts, ErrorKind.Invalid, "idempotencyKeyMalformed");
            return;
        }

        var hash = await HashAsync(request, context.RequestAborted);
        var known = await db.Set<IdempotencyRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Caller == caller.Name && row.Key == key, context.RequestAborted);
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
        if (context.Response.StatusCode is >= 400 and < 500 && !idempotency.IsKept) await RememberAsync(gate, provider, idempotency);
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
