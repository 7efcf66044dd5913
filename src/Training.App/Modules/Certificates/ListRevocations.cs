using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>Certificates that wait for two people: those somebody wants revoked, and those that corrected attendance no longer carries.</summary>
internal static class ListRevocations
{
    private const int PageSize = 50;

    /// <param name="Number">Printed number.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Kind">What it attests.</param>
    /// <param name="Edition">Edition code.</param>
    /// <param name="Site">Site code.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="RaisedBySystem">True when the rule is no longer met and nobody has asked.</param>
    /// <param name="RaisedAt">When.</param>
    /// <param name="Agreed">True when one person has said yes.</param>
    /// <param name="AgreedByCaller">True when that person is the caller, so that somebody else must go on.</param>
    /// <param name="Missing">What the rule now misses, as sentences; empty when a person asks for another reason.</param>
    internal sealed record Item(
        string Number, string Participant, CertificateKind Kind, string Edition, string Site, RevocationReason Reason, bool RaisedBySystem,
        DateTimeOffset RaisedAt, bool Agreed, bool AgreedByCaller, IReadOnlyList<string> Missing);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates/revocations", GetAsync).WithName("ListRevocations")
            .WithSummary("Certificates that wait to be revoked or kept, the oldest first.").Produces<ItemList<Item>>().ProducesProblem(400);

    private static async Task<IResult> GetAsync(string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(cursor, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, CompletionFacts facts, DirectoryCatalog catalog, Caller caller, Texts texts)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(string? cursor, CancellationToken cancellationToken)
        {
            var after = 0;
            if (cursor is not null && !int.TryParse(cursor, CultureInfo.InvariantCulture, out after)) return Faults.Only("cursor", "unknownValue");
            var rows = await Waiting.Where(row => row.Case.Id > after).OrderBy(row => row.Case.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            var items = new List<Item>();
            foreach (var row in rows.Take(PageSize)) items.Add(await ShowAsync(row, cancellationToken));
            return new ItemList<Item>(items, rows.Count > PageSize ? rows[PageSize - 1].Case.Id.ToString(CultureInfo.InvariantCulture) : null);
        }

        /// <summary>The question that is open about a certificate; null when none is, or it is out of reach.</summary>
        public async Task<Item?> FindAsync(string number, CancellationToken cancellationToken) =>
            await Waiting.SingleOrDefaultAsync(row => row.Certificate.Number == number, cancellationToken) is { } row ? await ShowAsync(row, cancellationToken) : null;

        private IQueryable<Row> Waiting => from open in db.Set<RevocationCase>()
                                           join certificate in db.Set<Certificate>() on open.CertificateId equals certificate.Id
                                           where open.Slot == 0
                                           select new Row { Case = open, Certificate = certificate };

        private async Task<Item> ShowAsync(Row row, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var missing = row.Case.Reason == RevocationReason.AttendanceCorrected ? await MissingAsync(row.Certificate, directory, cancellationToken) : [];
            return new Item(
                row.Certificate.Number, ParticipantCode.FromKey(row.Certificate.ParticipantId).ToString(), row.Certificate.Kind,
                directory.Edition(row.Certificate.EditionId).Code, directory.Site(row.Certificate.SiteId).Code, row.Case.Reason,
                row.Case.RaisedBy == RevocationCase.System, row.Case.RaisedAt, row.Case.AgreedBy is not null, row.Case.AgreedBy == caller.Name, missing);
        }

        private async Task<IReadOnlyList<string>> MissingAsync(Certificate certificate, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var state = await facts.StateAsync(certificate.EnrollmentId, certificate.EditionId, directory, cancellationToken);
            return [.. state.Gaps.Select(gap => GetCompletion.InWords(gap, directory.Modules(certificate.EditionId))).Select(gap => texts.Error(gap.Code, gap.Facts))];
        }

        private sealed class Row
        {
            public required RevocationCase Case { get; init; }

            public required Certificate Certificate { get; init; }
        }
    }
}
