using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// The rows of a list by what is to become of them, as they stand in the file: what a person looks at before the word is given. Read
/// from the stored list each time, so that nothing of it is kept twice.
/// </summary>
internal static class ListRows
{
    private const int PartSize = 20;

    /// <param name="Row">The row as the user sees it in the file.</param>
    /// <param name="Name">Name as written in Latin letters, or the full name; null when the list has none.</param>
    /// <param name="NameAr">Name as written in Arabic letters; null when the list has none.</param>
    /// <param name="BirthDate">Birth date as written; null when the cell is empty.</param>
    /// <param name="Known">The child the row is, or may be; null when none.</param>
    /// <param name="AlikeRow">An earlier row of the same list that may be the same child; null when none.</param>
    /// <param name="Decision">What somebody decided; null when nobody has.</param>
    /// <param name="Faults">Why the row is refused or in question; empty for the others.</param>
    internal sealed record Item(int Row, string? Name, string? NameAr, string? BirthDate, KnownChild? Known, int? AlikeRow, RowDecision? Decision, IReadOnlyList<GetImport.Refusal> Faults);

    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name, or initials outside the caller's scope.</param>
    /// <param name="NameAr">Arabic name; null outside the caller's scope or when unknown.</param>
    /// <param name="BirthDate">Birth date; null outside the caller's scope.</param>
    /// <param name="BirthYear">Birth year.</param>
    /// <param name="InScope">True when the caller may open the file.</param>
    internal sealed record KnownChild(string Participant, string? Name, string? NameAr, DateOnly? BirthDate, int BirthYear, bool InScope);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports/{id}/rows", GetAsync).WithName("ListImportRows").WithSummary("The rows of an import by what is to become of them.")
            .WithDescription("In parts of 20, as they stand in the file. A known child outside the caller's perimeter shows initials and birth year only.")
            .Produces<ItemList<Item>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> GetAsync(
        string id, [Description("new, matched, alreadyEnrolled, possibleDuplicate or refused.")] string? state, string? cursor,
        Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, state, cursor, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, KnownChildren children, IFileStore files, AppOptions app, Texts texts)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(string id, string? state, string? cursor, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var wanted = StateOf(state);
            if (wanted is null) faults.Add("state", string.IsNullOrEmpty(state) ? "missing" : "unknownValue");
            var after = 0;
            if (!string.IsNullOrEmpty(cursor) && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after)) faults.Add("cursor", "unknownValue");
            if (!faults.None) return faults.ToError();
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var import = await db.Set<Import>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (import is null) return Error.NotFound("importNotFound");
            using var staging = import.Status == ImportStatus.Reading ? null : Staging.OpenExisting(ReadImport.StagingPath(app, key));
            if (staging is null) return Error.Conflict("importNotReady");

            var decisions = await db.Set<ImportDecision>().Where(row => row.ImportId == key).ToDictionaryAsync(row => row.Row, row => row.Decision, cancellationToken);
            var rows = wanted == RowState.New ? NewRows(import, staging, after) : staging.Verdicts(wanted, after, PartSize + 1);
            var part = Read(import, staging, rows, decisions);
            var known = await children.ShowAsync([.. part.Where(row => row.Participant != 0).Select(row => row.Participant)], cancellationToken);
            return new ItemList<Item>(
                [.. part.Take(PartSize).Select(row => row.Item with { Known = known.GetValueOrDefault(row.Participant) })],
                part.Count > PartSize ? part[PartSize - 1].Item.Row.ToString(CultureInfo.InvariantCulture) : null);
        }

        /// <summary>Rows that nothing was noted about are new children.</summary>
        private IEnumerable<Verdict> NewRows(Import import, Staging staging, int after)
        {
            using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
            using var noted = staging.Verdicts(null, after, null).GetEnumerator();
            var more = noted.MoveNext();
            var given = 0;
            while (given <= PartSize && sheet.Rows.Read())
            {
                if (sheet.Rows.Row <= after || sheet.Rows.IsBlank) continue;
                while (more && noted.Current.Row < sheet.Rows.Row) more = noted.MoveNext();
                if (more && noted.Current.Row == sheet.Rows.Row) continue;
                given++;
                yield return new Verdict(sheet.Rows.Row, RowState.New, 0);
            }
        }

        private List<(Item Item, int Participant)> Read(Import import, Staging staging, IEnumerable<Verdict> rows, Dictionary<int, RowDecision> decisions)
        {
            var part = new List<(Item, int)>();
            using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
            foreach (var verdict in rows)
            {
                while (sheet.Rows.Row < verdict.Row && sheet.Rows.Read())
                {
                }
                var faults = staging.FaultsOf(verdict.Row).ToList();
                part.Add((new Item(
                    verdict.Row,
                    Join(sheet, ImportField.GivenName, ImportField.FamilyName) ?? Cell(sheet, ImportField.FullName),
                    Join(sheet, ImportField.GivenNameAr, ImportField.FamilyNameAr),
                    Cell(sheet, ImportField.BirthDate),
                    null,
                    faults.Select(fault => fault.Facts?.GetValueOrDefault("row")).OfType<long>().Select(row => (int?)row).FirstOrDefault(),
                    decisions.TryGetValue(verdict.Row, out var decision) ? decision : null,
                    [.. faults.Select(fault => new GetImport.Refusal(
                        fault.Row, GetImport.ColumnOf(sheet.Columns, fault.Field), fault.Field, fault.Code, texts.Error(fault.Code, fault.Facts)))]), verdict.ParticipantId));
            }
            return part;
        }

        private static string? Join(ImportSheet sheet, ImportField given, ImportField family) =>
            DisplayName.Join(Cell(sheet, given), Cell(sheet, family));

        private static string? Cell(ImportSheet sheet, ImportField field) =>
            PersonText.CleanOrNull(sheet.Rows.Cell(sheet.Columns.ColumnOf(field)).ToString());

        private static RowState? StateOf(string? state) => state switch
        {
            "new" => RowState.New,
            "matched" => RowState.Matched,
            "alreadyEnrolled" => RowState.AlreadyEnrolled,
            "possibleDuplicate" => RowState.PossibleDuplicate,
            "refused" => RowState.Refused,
            _ => null,
        };
    }
}
