namespace Training.Paper.Tests.Corpus;

/// <summary>Photographs of filled sheets, the same for the same seed: every kind of page, hand, camera and light.</summary>
internal sealed class PhotoCorpus
{
    private readonly IReadOnlyList<PrintedPage> pages = [.. PrintedPage.Print(arabic: true, 30), .. PrintedPage.Print(arabic: false, 25)];

    /// <summary>Shoots and reads so many photographs.</summary>
    public Tally Measure(int photos, int seed, double carelessness, Action<FilledSheet, SheetReading, Camera>? look = null)
    {
        var tally = new Tally();
        for (var i = 0; i < photos; i++)
        {
            var chance = new Random(seed * 100_003 + i);
            var page = pages[i % pages.Count];
            using var sheet = FilledSheet.Fill(page, chance);
            var camera = Camera.Any(chance, carelessness);
            var reading = SheetReader.Read(camera.Shoot(sheet.Page, chance));
            tally.Add(sheet, page.Code, reading);
            look?.Invoke(sheet, reading, camera);
        }
        return tally;
    }
}
