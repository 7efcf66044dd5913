using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data;
using Training.Domain.Common;
using Training.Domain.Notifications;
using Training.Domain.Registry;

namespace Training.App.Modules.Notifications;

/// <summary>What a site has to tell families itself, and the log of what was sent.</summary>
internal static class ListNotices
{
    /// <summary>Most notices in one answer.</summary>
    public const int Max = 200;

    /// <param name="Site">Site code; null: every site the caller sees.</param>
    /// <param name="ToTell">True: what waits for the site's people; false: what waits for its hour or is done.</param>
    internal sealed record Request(string? Site, bool ToTell);

    /// <param name="GatewayConfigured">False: nothing is sent at all, everything is the sites' to tell.</param>
    /// <param name="ReceiptsConfigured">True when the gateway says afterwards what became of a message.</param>
    /// <param name="Items">The newest first.</param>
    /// <param name="Next">Always null: what is older than the last item is not listed.</param>
    internal sealed record Response(bool GatewayConfigured, bool ReceiptsConfigured, IReadOnlyList<Item> Items, string? Next);

    /// <param name="Notice">Id.</param>
    /// <param name="Participant">The child's code.</param>
    /// <param name="Name">Name in Latin letters, else in Arabic.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    /// <param name="Site">Site code.</param>
    /// <param name="Kind">What about.</param>
    /// <param name="State">How far it has come.</param>
    /// <param name="Reason">A stable word why it was not sent; null when it was.</param>
    /// <param name="Text">What is to be said, in the family's language; null once it is no longer true.</param>
    /// <param name="Language">The language it is said in: the family's, or Arabic while Amazigh has no such text.</param>
    /// <param name="CreatedAt">When it came to be.</param>
    /// <param name="DoneAt">When it was sent, told or dropped.</param>
    /// <param name="Receipt">What the gateway has said since it took it over.</param>
    /// <param name="ReceiptAt">When it said so; null while it has not.</param>
    internal sealed record Item(
        string Notice, string Participant, string Name, string? NameAr, string Site, NoticeKind Kind, NoticeState State, string? Reason,
        string? Text, FamilyLanguage Language, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt, NoticeReceipt Receipt, DateTimeOffset? ReceiptAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("", GetAsync).WithName("ListNotices")
            .WithSummary($"What is to be told to families by the site (toTell=true), or the log of messages, newest first, at most {Max}.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string? site, bool? toTell, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(site, toTell == true), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, TrainingDbContext context, NoticeWords words, DirectoryCatalog catalog, ISmsSender sms, GatewayReceipts receipts, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var notices = db.Set<Notice>().Where(row => (row.State == NoticeState.ToTell) == request.ToTell);
            if (!string.IsNullOrWhiteSpace(request.Site))
            {
                if (directory.FindSite(request.Site) is not { } site) return Error.NotFound("siteNotFound");
                notices = notices.Where(row => row.SiteId == site.Id);
            }
            var rows = await notices.OrderByDescending(row => row.Id).Take(Max).ToListAsync(cancellationToken);
            var facts = new NoticeFacts(context, time);
            var tellings = request.ToTell ? await facts.TellAsync(rows, cancellationToken) : new Dictionary<long, Telling>();
            var named = await NamesAsync(rows, cancellationToken);
            var amazigh = new Dictionary<NoticeKind, FamilyLanguage>();
            foreach (var kind in rows.Select(row => row.Kind).Distinct()) amazigh[kind] = await words.LanguageAsync(FamilyLanguage.Amazigh, [kind], cancellationToken);
            // What is no longer true is nobody's to tell; the worker drops what it would send, and this list what it would show.
            return new Response(
                sms.IsConfigured, receipts.Options is not null,
                [.. rows.Where(row => named.ContainsKey(row.ParticipantId) && (!request.ToTell || tellings.ContainsKey(row.Id)))
                    .Select(row => Show(row, named[row.ParticipantId], tellings.GetValueOrDefault(row.Id), directory, amazigh))],
                null);
        }

        private sealed record Named(string Code, string Name, string? NameAr, FamilyLanguage Language);

        private Item Show(Notice row, Named child, Telling? telling, DirectorySnapshot directory, Dictionary<NoticeKind, FamilyLanguage> amazigh)
        {
            var language = child.Language == FamilyLanguage.Amazigh ? amazigh[row.Kind] : child.Language;
            using var _ = Speaking.In(language);
            return new Item(
                OpaqueId.Notice(row.Id), child.Code, child.Name, child.NameAr, directory.Site(row.SiteId).Code, row.Kind, row.State, row.Reason,
                telling is null ? null : words.Sentence(row.Kind, telling), language, row.CreatedAt, row.DoneAt, row.Receipt, row.ReceiptAt);
        }

        /// <summary>The children whom the caller still sees, by the file the notice was written for.</summary>
        private async Task<Dictionary<int, Named>> NamesAsync(IReadOnlyList<Notice> rows, CancellationToken cancellationToken)
        {
            var ids = rows.Select(row => row.ParticipantId).Distinct().ToArray();
            var children = await db.Set<Participant>().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
            var languages = await (from tie in db.Set<Guardianship>()
                                   join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                                   where ids.Contains(tie.ParticipantId) && tie.Position == 1
                                   select new { tie.ParticipantId, guardian.Language }).ToDictionaryAsync(row => row.ParticipantId, row => row.Language, cancellationToken);
            return children.ToDictionary(child => child.Id, child =>
            {
                var arabic = DisplayName.Join(child.GivenNameAr, child.FamilyNameAr);
                return new Named(
                    ParticipantCode.FromKey(child.Id).ToString(), DisplayName.Join(child.GivenName, child.FamilyName) ?? arabic ?? "", arabic,
                    languages.GetValueOrDefault(child.Id, FamilyLanguage.Arabic));
            });
        }
    }
}
