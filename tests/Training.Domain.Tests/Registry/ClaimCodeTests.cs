using System.Text;
using Training.Domain.Registry;

namespace Training.Domain.Tests.Registry;

public class ClaimCodeTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("a secret of the installation for tests");

    [Test]
    public void Is_the_same_each_time_it_is_printed_and_another_at_the_next_issue()
    {
        var code = ClaimCode.Derive(Secret, 4711, 1);
        Assert.That(ClaimCode.Derive(Secret, 4711, 1), Is.EqualTo(code));
        Assert.That(ClaimCode.Derive(Secret, 4711, 2), Is.Not.EqualTo(code));
        Assert.That(ClaimCode.Derive(Secret, 4712, 1), Is.Not.EqualTo(code));
        Assert.That(ClaimCode.Derive(Encoding.UTF8.GetBytes("a secret of the installation for tesTs"), 4711, 1), Is.Not.EqualTo(code));
    }

    [Test]
    public void Is_shown_in_two_groups_of_five_and_read_back_however_it_is_typed()
    {
        for (var key = 1L; key <= 2_000; key++)
        {
            var code = ClaimCode.Derive(Secret, key, 1);
            var shown = code.ToString();
            Assert.That(shown, Does.Match("^[0-9A-HJKMNP-RTV-Z]{5}-[0-9A-HJKMNP-RTV-Z]{5}$"));
            string[] typings =
            [
                shown, shown.ToLowerInvariant(), shown.Replace("-", " "), shown.Replace("-", "").Replace('0', 'o').Replace('1', 'l').Replace('5', 's'),
                string.Concat(shown.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '٠') : c)),
            ];
            foreach (var typed in typings)
            {
                Assert.That(ClaimCode.TryParse(typed, out var read), Is.True, "A typing of the code was refused.");
                Assert.That(read, Is.EqualTo(code));
                Assert.That(read.LookupHash(), Is.EqualTo(code.LookupHash()));
            }
        }
    }

    [Test]
    public void Gives_a_hundred_thousand_people_different_codes_and_hashes()
    {
        var codes = new HashSet<ClaimCode>();
        var hashes = new HashSet<long>();
        for (var key = 1L; key <= 100_000; key++)
        {
            var code = ClaimCode.Derive(Secret, key, 1);
            codes.Add(code);
            hashes.Add(code.LookupHash());
        }
        Assert.That((codes.Count, hashes.Count), Is.EqualTo((100_000, 100_000)));
    }

    [TestCase("")]
    [TestCase("ABCDE-FGHJ")]
    [TestCase("ABCDE-FGHJKM")]
    [TestCase("ABCDE-FGHJ!")]
    [TestCase("العلوي")]
    public void Refuses_anything_else(string typed) => Assert.That(ClaimCode.TryParse(typed, out _), Is.False);

    [Test]
    public void Refuses_a_secret_too_short_to_keep_one() =>
        Assert.That(() => ClaimCode.Derive(new byte[15], 1, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
