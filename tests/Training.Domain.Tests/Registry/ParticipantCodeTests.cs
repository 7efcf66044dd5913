using Training.Domain.Registry;

namespace Training.Domain.Tests.Registry;

public class ParticipantCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRTVWXYZ";

    [Test]
    public void Gives_the_key_back_for_keys_everywhere_in_the_range()
    {
        for (long key = 0; key < ParticipantCode.Capacity; key += key < 100_000 ? 1 : 99_991)
            Assert.That(ParticipantCode.FromKey(key).ToKey(), Is.EqualTo(key));
        Assert.That(ParticipantCode.FromKey(ParticipantCode.Capacity - 1).ToKey(), Is.EqualTo(ParticipantCode.Capacity - 1));
    }

    [Test]
    public void Gives_different_codes_to_a_quarter_of_a_million_people()
    {
        var codes = new HashSet<string>();
        for (long key = 1; key <= 250_000; key++) Assert.That(codes.Add(ParticipantCode.FromKey(key).ToString()), Is.True);
    }

    [Test]
    public void Never_changes_a_code_already_printed() =>
        Assert.That(new[] { 0L, 1, 2, 199_999, 887_503_680 }.Select(key => ParticipantCode.FromKey(key).ToString()),
            Is.EqualTo(new[] { "E87-CHRR", "1NM-R34Z", "EJ8-XK7H", "YCQ-KFFM", "PXV-4T3B" }));

    [Test]
    public void Gives_neighbours_codes_that_do_not_look_alike()
    {
        var alike = 0;
        for (long key = 1; key <= 10_000; key++)
            if (ParticipantCode.FromKey(key).ToString()[..3] == ParticipantCode.FromKey(key + 1).ToString()[..3]) alike++;
        Assert.That(alike, Is.LessThan(20));
    }

    [Test]
    public void Refuses_a_key_out_of_range()
    {
        Assert.That(() => ParticipantCode.FromKey(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => ParticipantCode.FromKey(ParticipantCode.Capacity), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Is_shown_as_three_and_four_symbols_of_the_alphabet()
    {
        for (long key = 0; key < 5_000; key++)
            Assert.That(ParticipantCode.FromKey(key * 177_499).ToString(), Does.Match($"^[{Alphabet}]{{3}}-[{Alphabet}]{{4}}$"));
    }

    [Test]
    public void Reads_what_it_shows_however_it_is_typed()
    {
        for (long key = 0; key < 5_000; key++)
        {
            var code = ParticipantCode.FromKey(key * 177_499);
            var shown = code.ToString();
            string[] typings =
            [
                shown, shown.ToLowerInvariant(), shown.Replace("-", ""), shown.Replace("-", " "), $"  {string.Join(' ', shown.AsEnumerable())} ",
                shown.Replace('0', 'O').Replace('1', 'I').Replace('5', 'S').Replace('V', 'u'), shown.Replace('1', 'l').Replace('0', 'o'),
                string.Concat(shown.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '٠') : c)),
                $"\u2066{shown}\u2069", shown.Replace('-', '–'),
            ];
            foreach (var typed in typings)
            {
                Assert.That(ParticipantCode.Parse(typed, out var read), Is.EqualTo(ParticipantCodeError.None), typed);
                Assert.That(read, Is.EqualTo(code));
            }
        }
    }

    [TestCase("")]
    [TestCase("ABC")]
    [TestCase("ABC-DEFGH")]
    [TestCase("ABC-DEF!")]
    [TestCase("محمد")]
    [TestCase("AB/CDEFG")]
    public void Calls_anything_else_malformed(string typed) =>
        Assert.That(ParticipantCode.Parse(typed, out _), Is.EqualTo(ParticipantCodeError.Malformed));

    [Test]
    public void Tells_every_wrong_symbol_and_every_exchange_of_two()
    {
        var random = new Random(20260901);
        for (var n = 0; n < 1_000; n++)
        {
            var symbols = ParticipantCode.FromKey(random.NextInt64(ParticipantCode.Capacity)).ToString().Replace("-", "");
            for (var i = 0; i < symbols.Length; i++)
            {
                foreach (var wrong in Alphabet)
                {
                    if (wrong == symbols[i]) continue;
                    AssertCheckFails(symbols[..i] + wrong + symbols[(i + 1)..]);
                }
                for (var j = i + 1; j < symbols.Length; j++)
                {
                    if (symbols[i] == symbols[j]) continue;
                    var exchanged = symbols.ToCharArray();
                    (exchanged[i], exchanged[j]) = (exchanged[j], exchanged[i]);
                    AssertCheckFails(new string(exchanged));
                }
            }
        }
    }

    private static void AssertCheckFails(string typed)
    {
        if (ParticipantCode.Parse(typed, out _) != ParticipantCodeError.CheckSymbol)
            Assert.Fail($"{typed} passed for a code.");
    }

    [Test]
    public void Is_near_every_text_with_one_wrong_or_two_exchanged_symbols()
    {
        for (long key = 1; key < 200; key++)
        {
            var code = ParticipantCode.FromKey(key * 1_234_567 % ParticipantCode.Capacity);
            var text = code.ToString().Replace("-", "", StringComparison.Ordinal);
            for (var i = 0; i < text.Length; i++)
            {
                var other = Alphabet[(Alphabet.IndexOf(text[i], StringComparison.Ordinal) + 7) % Alphabet.Length];
                Assert.That(ParticipantCode.Near(text[..i] + other + text[(i + 1)..]), Does.Contain(code));
                if (i > 0 && text[i] != text[i - 1])
                    Assert.That(ParticipantCode.Near(text[..(i - 1)] + text[i] + text[i - 1] + text[(i + 1)..]), Does.Contain(code));
            }
        }
    }

    [TestCase("E87-CHRR")]
    [TestCase("E87-CHR")]
    [TestCase("Yasmine!")]
    public void Is_near_nothing_else(string text) => Assert.That(ParticipantCode.Near(text), Is.Empty);
}
