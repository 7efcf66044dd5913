using System.Globalization;
using System.Xml;

namespace Training.App.Platform.Spreadsheets;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">As on its tab.</param>
/// <param name="IsHidden">True when the user does not see the tab.</param>
/// <param name="Part">Name of the part that holds it.</param>
internal sealed record WorkbookSheet(string Name, bool IsHidden, string Part);

/// <summary>
/// An XLSX workbook as far as a list needs it: its sheets, shared texts, and which cell formats show dates. Formulas count with the
/// value that was saved with them; macros, links to elsewhere, pictures and drawings are not looked at. Elements are known by their
/// local names, so that the strict and the transitional form are read alike.
/// </summary>
internal sealed class Workbook : IDisposable
{
    private const string PackageRelations = "_rels/.rels";

    private readonly WorkbookPackage package;
    private readonly Lazy<SharedTexts> texts;

    /// <summary>Opens a workbook; the stream stays its owner's.</summary>
    /// <exception cref="WorkbookException">It cannot be read.</exception>
    public Workbook(Stream file)
    {
        package = new WorkbookPackage(file);
        try
        {
            if (!package.Has(PackageRelations)) throw new WorkbookException(package.Has("content.xml") ? "openDocument" : "notWorkbook");
            var main = Relations(PackageRelations, "").FirstOrDefault(relation => relation.Type == "officeDocument").Target;
            if (main is null || !package.Has(main)) throw new WorkbookException("notWorkbook");
            var relations = Relations(RelationsOf(main), FolderOf(main));
            Sheets = ReadSheets(main, relations);
            if (Sheets.Count == 0) throw new WorkbookException("notWorkbook");
            var styles = relations.FirstOrDefault(relation => relation.Type == "styles").Target;
            Formats = styles is not null && package.Has(styles) ? ReadFormats(styles) : [];
            var shared = relations.FirstOrDefault(relation => relation.Type == "sharedStrings").Target;
            texts = new Lazy<SharedTexts>(() => shared is not null && package.Has(shared) ? ReadTexts(shared) : new SharedTexts());
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            package.Dispose();
            throw new WorkbookException("workbookDamaged");
        }
        catch (WorkbookException)
        {
            package.Dispose();
            throw;
        }
    }

    /// <summary>The sheets with cells, in the order of their tabs.</summary>
    public IReadOnlyList<WorkbookSheet> Sheets { get; }

    /// <summary>True when days are counted from 1904.</summary>
    public bool From1904 { get; private set; }

    /// <summary>Whether the cell format with this number shows dates.</summary>
    public IReadOnlyList<bool> Formats { get; }

    /// <summary>The shared texts.</summary>
    public SharedTexts Texts => texts.Value;

    /// <summary>Opens a sheet's rows.</summary>
    public WorkbookRows Rows(WorkbookSheet sheet) => new(this, package.Read(sheet.Part));

    /// <summary>True for what unpacking and parsing throw at a damaged file.</summary>
    public static bool IsDamage(Exception exception) => exception is XmlException or InvalidDataException or EndOfStreamException or NotSupportedException;

    /// <inheritdoc/>
    public void Dispose() => package.Dispose();

    private List<WorkbookSheet> ReadSheets(string main, List<(string Id, string Type, string Target)> relations)
    {
        var sheets = new List<WorkbookSheet>();
        using var xml = package.Read(main);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") From1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName != "sheet") continue;
            var (name, hidden) = (xml.GetAttribute("name"), xml.GetAttribute("state") is "hidden" or "veryHidden");
            string? id = null;
            while (xml.MoveToNextAttribute())
                if (xml is { LocalName: "id", Prefix.Length: > 0 }) id = xml.Value;
            var relation = relations.Find(relation => relation.Id == id && relation.Type == "worksheet");
            if (name is not null && relation.Target is { } part && package.Has(part)) sheets.Add(new WorkbookSheet(name, hidden, part));
        }
        return sheets;
    }

    private List<(string Id, string Type, string Target)> Relations(string part, string folder)
    {
        var relations = new List<(string, string, string)>();
        if (!package.Has(part)) return relations;
        using var xml = package.Read(part);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship" || xml.GetAttribute("TargetMode") == "External") continue;
            if (xml.GetAttribute("Type") is not { } type || xml.GetAttribute("Target") is not { } target) continue;
            relations.Add((xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : Join(folder, target)));
        }
        return relations;
    }

    private SharedTexts ReadTexts(string part)
    {
        using var xml = package.Read(part);
        return SharedTexts.Read(xml);
    }

    private List<bool> ReadFormats(string part)
    {
        var custom = new Dictionary<int, bool>();
        var formats = new List<bool>();
        using var xml = package.Read(part);
        var inCells = false;
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "cellXfs" }) inCells = false;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "cellXfs") inCells = !xml.IsEmptyElement;
            else if (xml.LocalName == "numFmt") custom[Number(xml.GetAttribute("numFmtId"))] = IsDateCode(xml.GetAttribute("formatCode"));
            else if (inCells && xml.LocalName == "xf")
            {
                var format = Number(xml.GetAttribute("numFmtId"));
                formats.Add(custom.TryGetValue(format, out var isDate) ? isDate : IsBuiltInDate(format));
            }
        }
        return formats;
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The numbers that the format's standard gives to dates, those of East Asian and Thai calendars among them.</summary>
    private static bool IsBuiltInDate(int format) => format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) or (>= 71 and <= 81);

    /// <summary>A format shows a date when it has a day, month or year outside quotation marks, brackets and escapes.</summary>
    private static bool IsDateCode(string? code)
    {
        for (var i = 0; i < code?.Length; i++)
        {
            switch (code[i])
            {
                case '"': i = After(code, '"', i); break;
                case '[': i = After(code, ']', i); break;
                case '\\' or '_' or '*': i++; break;
                case 'd' or 'D' or 'm' or 'M' or 'y' or 'Y': return true;
                case ';': return false;
            }
        }
        return false;
    }

    private static int After(string code, char end, int start)
    {
        var at = code.IndexOf(end, start + 1);
        return at < 0 ? code.Length : at;
    }

    private static string FolderOf(string part) => part.LastIndexOf('/') is var slash and >= 0 ? part[..slash] : "";

    private static string RelationsOf(string part) => Join(Join(FolderOf(part), "_rels"), part[(part.LastIndexOf('/') + 1)..] + ".rels");

    /// <summary>A target relative to a folder of the package.</summary>
    private static string Join(string folder, string target)
    {
        var path = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && path.Count > 0) path.RemoveAt(path.Count - 1);
            else if (step is not ("." or "..")) path.Add(step);
        }
        return string.Join('/', path);
    }
}
