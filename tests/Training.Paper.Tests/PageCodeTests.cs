namespace Training.Paper.Tests;

internal sealed class PageCodeTests
{
    private static readonly PageCode Code = new("7k2m9qd", 2, 3, RightToLeft: true, ["0abcdef", "9zyxwvt"]);

    [Test]
    public void What_is_written_is_read_back()
    {
        Assert.That(PageCode.TryRead(Code.Write(), out var read), Is.True);
        Assert.That((read!.Session, read.Page, read.Pages, read.RightToLeft), Is.EqualTo(("7k2m9qd", 2, 3, true)));
        Assert.That(read.Rows, Is.EqualTo(Code.Rows));
    }

    [Test]
    public void A_full_page_fits_the_symbol_that_the_reader_counts_on()
    {
        var full = Code with { Rows = [.. Enumerable.Range(0, SheetLayout.RowsMax).Select(row => $"{row:D4}abc")] };

        // Version 8 holds 221 of these characters with the 15 % of repair that we print.
        Assert.That(full.Write(), Has.Length.LessThanOrEqualTo(221).And.Match("^[0-9A-Z $%*+./:-]+$"));
    }

    [Test]
    public void No_changed_character_and_no_two_exchanged_ones_go_unseen()
    {
        var written = Code.Write();
        for (var i = 0; i < written.Length; i++)
        {
            foreach (var other in "0Z7:")
            {
                if (written[i] == other) continue;
                Assert.That(PageCode.TryRead(written[..i] + other + written[(i + 1)..], out _), Is.False, $"{other} at {i}");
            }
            for (var j = i + 1; j < written.Length; j++)
            {
                if (written[i] == written[j]) continue;
                var letters = written.ToCharArray();
                (letters[i], letters[j]) = (letters[j], letters[i]);
                Assert.That(PageCode.TryRead(new string(letters), out _), Is.False, $"{i} and {j} exchanged");
            }
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("HTTPS://EXAMPLE.ORG/V/ABCDEFGHJKMNPQRS")]
    [TestCase("FJ1")]
    [TestCase("FJ17K2M9QD23R000")]
    [TestCase("FJ1é2m9qd23Rabcdefg000")]
    public void Another_code_is_none_of_ours(string? text) => Assert.That(PageCode.TryRead(text, out _), Is.False);

    [Test]
    public void Too_many_rows_or_a_name_in_place_of_a_code_are_not_written()
    {
        Assert.That(() => (Code with { Rows = ["Yasmine"] }).Write(), Throws.ArgumentException);
        Assert.That(() => (Code with { Rows = [.. Enumerable.Repeat("0abcdef", SheetLayout.RowsMax + 1)] }).Write(), Throws.ArgumentException);
        Assert.That(() => (Code with { Page = 4 }).Write(), Throws.ArgumentException);
    }
}
