using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Notifications;

namespace Training.App.Modules.Notifications;

/// <summary>
/// The SMS gateway's word on what became of a message. It says our own name of the message and a state, nothing else is read; whoever
/// cannot prove to be the gateway learns nothing, not even whether there is such a message.
/// </summary>
internal static class TakeReceipt
{
    /// <summary>Largest receipt, in bytes.</summary>
    private const int ReceiptMax = 8 * 1024;

    /// <summary>How long a message may be on its way to the gateway before it is written down that it was sent.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>How far the clocks of two of our machines may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <param name="Id">Our name of the message.</param>
    /// <param name="Delivered">True: it lies on the phone; false: it will not come; null: it is on its way.</param>
    internal sealed record Request(string? Id, bool? Delivered);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/sms/receipts", PostAsync).WithName("TakeReceipt").WithTags("Notifications").AllowAnonymous().RequireRateLimiting(RateLimits.Receipts)
            .WithSummary("The SMS gateway's receipt for a message (JSON or form fields; names, words and proof as configured).")
            .WithDescription("204 also for a receipt that comes again or late: what arrived has arrived. 401 without the proof, 404 for a message that is not ours and where no receipts are configured. "
                + "503 with Retry-After for a message that may be so new that it is not written down yet: the receipt is to be sent again.")
            .WithMetadata(new RequestSizeLimitAttribute(ReceiptMax)).WithBody("application/json", "application/x-www-form-urlencoded")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> PostAsync(HttpRequest http, Handler handler, GatewayReceipts receipts, Texts texts, CancellationToken cancellationToken)
    {
        if (receipts.Options is not { } options) return Error.NotFound("notFound").ToProblem(texts);
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, cancellationToken);
        if (!options.Proves(http.Headers[options.Header], body.ToArray())) return Error.Of(ErrorKind.Forbidden, "notSignedIn").ToProblem(texts, StatusCodes.Status401Unauthorized);
        if (Read(http.ContentType, body.ToArray(), options) is not { } receipt) return Error.Of(ErrorKind.Invalid, "unreadableRequest").ToProblem(texts);
        var taken = await handler.HandleAsync(receipt, cancellationToken);
        if (taken.Error?.Kind == ErrorKind.Busy) http.HttpContext.Response.Headers.RetryAfter = "10";
        return taken.ToHttp(texts, _ => TypedResults.NoContent());
    }

    /// <summary>The two fields; null when it is no such receipt.</summary>
    private static Request? Read(string? type, byte[] body, ReceiptOptions options)
    {
        var (id, status) = type?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true ? ReadForm(body, options) : ReadJson(body, options);
        if (id is null || status is null) return null;
        bool? delivered = options.Delivered.Contains(status, StringComparer.OrdinalIgnoreCase) ? true
            : options.Undelivered.Contains(status, StringComparer.OrdinalIgnoreCase) ? false : null;
        return new Request(id, delivered);
    }

    private static (string?, string?) ReadForm(byte[] body, ReceiptOptions options)
    {
        var fields = QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(body));
        return (fields.GetValueOrDefault(options.Id), fields.GetValueOrDefault(options.Status));
    }

    private static (string?, string?) ReadJson(byte[] body, ReceiptOptions options)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? (Text(json.RootElement, options.Id), Text(json.RootElement, options.Status)) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal sealed class Handler(IWriteGate gate, TimeProvider time)
    {
        public Task<Result<Done>> HandleAsync(Request request, CancellationToken cancellationToken) =>
            gate.WriteAsync(AccessScope.Whole, (write, token) => TakeAsync(write, request, token), cancellationToken);

        private async Task<Result<Done>> TakeAsync(WriteSession write, Request request, CancellationToken cancellationToken)
        {
            if (!Guid.TryParse(request.Id, out var message)) return await IsLinkAsync(write, request.Id, cancellationToken) ? default(Done) : Error.NotFound("notFound");
            var notices = await write.Db.Set<Notice>().AsTracking().Where(row => row.MessageId == message).ToListAsync(cancellationToken);
            // Codes and links go through the same gateway and are in no log: their receipts are heard and dropped.
            if (notices.Count == 0)
            {
                if (await write.Db.Set<OneTimeCode>().AnyAsync(row => row.Id == message, cancellationToken)) return default(Done);
                // A gateway may be faster than the change that says what it was sent.
                return IsFresh(message) ? Error.Of(ErrorKind.Busy, "busy") : Error.NotFound("notFound");
            }
            if (request.Delivered is not { } delivered) return default(Done);
            var now = time.GetUtcNow();
            foreach (var notice in notices) notice.Acknowledge(delivered, now);
            await write.Db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }

        /// <summary>True for a name that may have been given a moment ago: our names begin with their instant.</summary>
        private bool IsFresh(Guid message)
        {
            if (message.Version != 7) return false;
            Span<byte> bytes = stackalloc byte[16];
            message.TryWriteBytes(bytes, bigEndian: true, out _);
            var age = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
            return age >= -Skew.TotalMilliseconds && age < Fresh.TotalMilliseconds;
        }

        private static async Task<bool> IsLinkAsync(WriteSession write, string? name, CancellationToken cancellationToken) =>
            name?.StartsWith("link-", StringComparison.Ordinal) == true && int.TryParse(name.AsSpan(5), System.Globalization.NumberStyles.None, null, out var id)
            && await write.Db.Set<PersonalLink>().AnyAsync(row => row.Id == id, cancellationToken);
    }
}
