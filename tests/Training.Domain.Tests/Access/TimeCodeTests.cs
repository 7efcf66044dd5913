using System.Text;
using Training.Domain.Access;

namespace Training.Domain.Tests.Access;

internal sealed class TimeCodeTests
{
    /// <summary>The secret of RFC 6238, appendix B.</summary>
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [TestCase(59, "287082")]
    [TestCase(1111111109, "081804")]
    [TestCase(1111111111, "050471")]
    [TestCase(1234567890, "005924")]
    [TestCase(2000000000, "279037")]
    [TestCase(20000000000, "353130")]
    public void Gives_the_codes_of_the_standard(long seconds, string code) =>
        Assert.That(TimeCode.Of(Secret, TimeCode.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))), Is.EqualTo(code));

    [TestCase(-60, false)]
    [TestCase(-30, true)]
    [TestCase(0, true)]
    [TestCase(30, true)]
    [TestCase(60, false)]
    public void Takes_the_code_of_a_clock_that_is_a_little_wrong(int seconds, bool taken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var code = TimeCode.Of(Secret, TimeCode.StepOf(now.AddSeconds(seconds)));

        Assert.That(TimeCode.Match(Secret, code, now, lastStep: 0) is not null, Is.EqualTo(taken));
    }

    [Test]
    public void Takes_a_code_once()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = TimeCode.Match(Secret, "005924", now, lastStep: 0);

        Assert.That(step, Is.Not.Null);
        Assert.That(TimeCode.Match(Secret, "005924", now, step!.Value), Is.Null);
    }

    [TestCase("005 924", true)]
    [TestCase("\u0660\u0660\u0665\u0669\u0662\u0664", true)]
    [TestCase("05924", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void Reads_blanks_and_Arabic_digits_and_nothing_else(string? typed, bool taken) =>
        Assert.That(TimeCode.Match(Secret, typed, DateTimeOffset.FromUnixTimeSeconds(1234567890), lastStep: 0) is not null, Is.EqualTo(taken));

    [Test]
    public void Spells_a_secret_in_base_32() => Assert.That(TimeCode.Spell(Secret), Is.EqualTo("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"));
}
