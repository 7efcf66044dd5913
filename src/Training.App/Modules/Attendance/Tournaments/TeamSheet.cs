using System.Globalization;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Directory;
using Training.Pdf.Layout;
using Training.Pdf.Text;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>Draws the players of squads on paper: who may play, and apart from them who may not yet, with the reason. Birth years, no birth dates.</summary>
internal sealed class TeamSheet
{
    private const double RowHeight = 20;

    private readonly FlowDocument document;
    private readonly DirectorySnapshot directory;
    private readonly Texts texts;
    private readonly bool arabic = Languages.Current == "ar";

    public TeamSheet(string titleKey, string tournament, string edition, DirectorySnapshot directory, Texts texts, TimeProvider time)
    {
        (this.directory, this.texts) = (directory, texts);
        var issuer = directory.FindEdition(edition)!;
        var title = texts[titleKey];
        document = new FlowDocument(arabic ? PageSetup.Arabic : PageSetup.French, title, arabic ? issuer.IssuerAr : issuer.IssuerFr, time.Today())
        {
            Header = Phrase.Of($"{title} · {tournament}"),
            Footer = (page, count) => texts["tournaments.sheet.page", page, count],
        };
    }

    /// <summary>Adds a squad.</summary>
    public void Add(string category, string siteCode, DateOnly startsOn, DateOnly endsOn, IReadOnlyCollection<Player> players)
    {
        var site = directory.FindSite(siteCode)!;
        document.Heading(1, Phrase.Of($"{category} · {NameOf(site)}"));
        document.Paragraph(Phrase.Of($"{startsOn:dd/MM/yyyy} – {endsOn:dd/MM/yyyy}"));
        var table = new Table(
        [
            new("", 0.6, TextAlign.Center), new(texts["attendance.sheet.name"], 4), new(texts["attendance.sheet.code"], 1.7, TextAlign.Center),
            new(texts["tournaments.sheet.birthYear"], 1.2, TextAlign.Center),
        ]) { RowHeight = RowHeight };
        foreach (var (i, player) in players.Where(player => player.Cleared).Index())
        {
            table.Row(
            [
                Phrase.Code((i + 1).ToString(CultureInfo.InvariantCulture)), TableCell.Header(NameOf(player)), Phrase.Code(player.Participant),
                Phrase.Code(player.BirthYear.ToString(CultureInfo.InvariantCulture)),
            ]);
        }
        document.Table(table);
        var others = players.Where(player => !player.Cleared).ToArray();
        if (others.Length > 0) document.Paragraph(texts["tournaments.sheet.notCleared"]);
        foreach (var player in others)
            document.Paragraph(Phrase.Of($"{NameOf(player)} – {string.Join(' ', player.Conditions.Where(row => !row.Met).Select(row => row.Message))}"), TextLook.Small);
        document.Space(10);
    }

    /// <summary>Room for whoever answers for the squad at the pitch to sign.</summary>
    public void Sign()
    {
        document.Space(14);
        document.Paragraph(texts["tournaments.sheet.responsible"]);
    }

    public byte[] Save() => document.Save();

    private string NameOf(Site site) => arabic ? site.NameAr : site.NameFr;

    private string NameOf(Player player) => SafeText.SpellMissing(arabic ? player.NameAr ?? player.Name : player.Name);
}
