namespace Training.App.Platform.Spreadsheets;

/// <summary>
/// Reads separated text row by row. It never gives up on a file: a faulty row is reported and the next one begins at the next
/// line. A quoted cell may run over lines, and an empty line is a row.
/// </summary>
internal sealed class CsvReader(TextReader text, char delimiter) : TableRows
{
    /// <summary>How far a closing quotation mark is looked for, in UTF-16 units.</summary>
    private const int QuoteReach = 64 * 1024;

    private readonly List<char> quoted = [];
    private char[] block = new char[32 * 1024];
    private int at;
    private int end;

    public override bool Read()
    {
        BeginRow();
        if (!HasMore()) return false;
        Row++;
        do
        {
            BeginCell();
            SkipSpaces();
            if (HasMore() && block[at] == '"') ReadQuoted();
            else Take(keep: true);
            EndCell();
        }
        while (Fault != TableFault.UnclosedQuote && NextCell());
        return true;
    }

    /// <summary>Finds which delimiter a header line uses: the one it has most of, outside quotation marks.</summary>
    public static char DelimiterOf(ReadOnlySpan<char> line)
    {
        int semicolons = 0, commas = 0, tabs = 0;
        var inside = false;
        foreach (var c in line)
        {
            if (c == '"') inside = !inside;
            else if (inside) continue;
            else if (c is '\r' or '\n') break;
            else if (c == ';') semicolons++;
            else if (c == ',') commas++;
            else if (c == '\t') tabs++;
        }
        return tabs > Math.Max(semicolons, commas) ? '\t' : commas > semicolons ? ',' : ';';
    }

    public override void Dispose() => text.Dispose();

    private void SkipSpaces()
    {
        while (HasMore() && block[at] == ' ') at++;
    }

    /// <summary>Takes what comes before the next delimiter or line end.</summary>
    private void Take(bool keep)
    {
        while (HasMore())
        {
            var rest = block.AsSpan(at, end - at);
            var stop = rest.IndexOfAny(delimiter, '\r', '\n');
            var part = stop < 0 ? rest : rest[..stop];
            if (keep) Append(part);
            at += part.Length;
            if (stop >= 0) return;
        }
    }

    private void ReadQuoted()
    {
        at++;
        quoted.Clear();
        while (HasMore() && quoted.Count <= QuoteReach)
        {
            var rest = block.AsSpan(at, Math.Min(end - at, QuoteReach));
            var stop = rest.IndexOf('"');
            var part = stop < 0 ? rest : rest[..stop];
            Append(part);
            quoted.AddRange(part);
            at += part.Length;
            if (stop < 0) continue;
            at++;
            if (!HasMore() || block[at] != '"')
            {
                // What stands between the closing mark and the delimiter means nothing.
                Take(keep: false);
                return;
            }
            at++;
            Append("\"");
            quoted.AddRange("\"\"");
        }
        GoOnAfterOpenQuote();
    }

    /// <summary>The row is lost, not the file: reading goes on at the line after the one where the mark stands.</summary>
    private void GoOnAfterOpenQuote()
    {
        (Fault, IsBlank) = (TableFault.UnclosedQuote, false);
        var line = quoted.FindIndex(c => c is '\r' or '\n');
        if (line < 0) return;
        if (quoted[line] == '\r' && line + 1 < quoted.Count && quoted[line + 1] == '\n') line++;
        block = [.. quoted[(line + 1)..], .. block.AsSpan(at, end - at)];
        (at, end) = (0, block.Length);
    }

    /// <summary>Goes over the delimiter or the line end; true when another cell of the row follows.</summary>
    private bool NextCell()
    {
        if (!HasMore()) return false;
        var c = block[at++];
        if (c == delimiter) return true;
        if (c == '\r' && HasMore() && block[at] == '\n') at++;
        return false;
    }

    private bool HasMore()
    {
        if (at < end) return true;
        at = 0;
        end = text.Read(block, 0, block.Length);
        return end > 0;
    }
}
