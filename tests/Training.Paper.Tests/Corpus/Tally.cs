namespace Training.Paper.Tests.Corpus;

/// <summary>What reading a corpus gave.</summary>
internal sealed class Tally
{
    public int Photos { get; private set; }

    /// <summary>Photographs that gave a page.</summary>
    public int Read { get; private set; }

    /// <summary>Rows of the read photographs that truly say something.</summary>
    public int Marked { get; private set; }

    /// <summary>Marked rows that were proposed as they are.</summary>
    public int Right { get; private set; }

    /// <summary>Rows of all kinds that were proposed otherwise than they are.</summary>
    public int Wrong { get; private set; }

    /// <summary>Rows that say nothing, or nothing sure.</summary>
    public int Unmarked { get; private set; }

    /// <summary>Marked rows left to the person.</summary>
    public int Blank => Marked - Right - wrongMarked;

    private int wrongMarked;

    public void Add(FilledSheet sheet, PageCode code, SheetReading reading)
    {
        Photos++;
        if (reading.Fault is not null) return;
        Read++;
        var isThisPage = reading.Code!.Session == code.Session && reading.Code.Page == code.Page && reading.Code.Rows.SequenceEqual(code.Rows);
        foreach (var (row, (_, truth)) in sheet.Rows.Index())
        {
            // A page taken for another has no right row.
            var proposed = reading.Rows[row].Box;
            if (truth is null) Unmarked++;
            else Marked++;
            if (proposed is null) continue;
            if (isThisPage && proposed == truth)
            {
                Right++;
                continue;
            }
            Wrong++;
            if (truth is not null) wrongMarked++;
        }
    }
}
