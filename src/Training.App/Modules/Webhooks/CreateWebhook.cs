using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>Has a partner's system told of events, of the nation or of one region. The secret that signs is shown here and never again.</summary>
internal static class CreateWebhook
{
    internal sealed record Request(
        [property: Description("The partner's system, as its people call it; no person.")] string? Name,
        [property: Description("Address to post to: https, no user in it, a machine of the internet.")] string? Address,
        [property: Description("enrollment.created, attendance.closed, certificate.issued, certificate.revoked.")] IReadOnlyList<string>? Events,
        [property: Description("Code of the region; null for the nation, which is the directorate's.")] string? Region);

    /// <param name="Id">Id of the webhook.</param>
    /// <param name="Secret">The secret that signs; shown once.</param>
    internal sealed record Response(string Id, string Secret);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", PostAsync).WithName("CreateWebhook").WithSummary("Have a partner's system told of events; the answer shows the secret, once.")
            .WithDescription(WebhookHelp.Text)
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, response => TypedResults.Created($"/api/webhooks/{response.Id}", response));

    internal sealed class Handler(
        WebhookReach reach, WebhookSecrets secrets, WebhookBook book, OutsideSender sender, DirectoryCatalog catalog, IWriteGate gate, IDatabaseProvider provider,
        KeyAllocator keys, Caller caller, TimeProvider time)
    {
        private const string Lock = "webhooks";

        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var faults = new Faults();
            var name = FreeText.Read(request.Name, "name", required: true, Webhook.NameMax, faults);
            var events = ReadEvents(request.Events, faults);
            var region = directory.FindRegion(request.Region);
            if (!string.IsNullOrWhiteSpace(request.Region) && region is null) faults.Add("region", "unknownValue");
            else if (!reach.Covers(region)) faults.Add("region", "placeNotYours");
            var address = await ReadAddressAsync(request.Address, faults, cancellationToken);
            if (!faults.None) return faults.ToError();

            var (shown, kept) = secrets.New();
            var hook = new Webhook
            {
                Id = await keys.NextAsync<Webhook>(cancellationToken), Name = name!, Address = address!.AbsoluteUri, Events = events, RegionId = region?.Id,
                OwnedBy = caller.Name, CreatedAt = time.GetUtcNow(), Secret = kept,
            };
            var made = await gate.WriteAsync<Response>(
                caller.Scope,
                async (write, token) =>
                {
                    await provider.SerializeAsync(write.Db, Lock, token);
                    if (await write.Db.Set<Webhook>().CountAsync(row => row.RegionId == hook.RegionId, token) >= Webhook.Most)
                        return Error.Conflict("tooManyWebhooks", ("max", Webhook.Most));
                    write.Rows.Insert(hook);
                    return new Response(OpaqueId.Webhook(hook.Id), shown);
                },
                cancellationToken);
            if (made.Succeeded) await book.RefreshAsync(cancellationToken);
            return made;
        }

        private static WebhookEvents ReadEvents(IReadOnlyList<string>? names, Faults faults)
        {
            var all = WebhookEvents.None;
            foreach (var name in names ?? [])
            {
                if (WebhookEventNames.Find(name) is not WebhookEvents.None and var one) all |= one;
                else if (!faults.Has("events"))
                    faults.Add("events", "notAmong", ("possible", string.Join(", ", WebhookEventNames.All.Select(pair => pair.Name))));
            }
            if (all == WebhookEvents.None && !faults.Has("events")) faults.Add("events", "missing");
            return all;
        }

        private async Task<Uri?> ReadAddressAsync(string? text, Faults faults, CancellationToken cancellationToken)
        {
            if (string.IsNullOrWhiteSpace(text)) faults.Add("address", "missing");
            else if (text.Length > Webhook.AddressMax) faults.Add("address", "tooLong", ("max", Webhook.AddressMax));
            else if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Host.Length == 0) faults.Add("address", "addressNotHttps");
            else if (address.AbsoluteUri.Length > Webhook.AddressMax) faults.Add("address", "tooLong", ("max", Webhook.AddressMax));
            else if (await sender.RefusalAsync(address, cancellationToken) is { } refusal) faults.Add("address", refusal);
            else return address;
            return null;
        }
    }
}
