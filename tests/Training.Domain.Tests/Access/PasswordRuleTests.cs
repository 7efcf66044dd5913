using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.Domain.Tests.Access;

internal sealed class PasswordRuleTests
{
    [TestCase(null, "missing")]
    [TestCase("", "missing")]
    [TestCase("court 12345", "tooShort")]
    [TestCase("motdepasse2026!", "passwordCommon", Description = "a word everybody tries, with digits")]
    [TestCase("061234567890", "passwordCommon", Description = "a telephone number")]
    [TestCase("ababababababab", "passwordCommon", Description = "two letters over and over")]
    [TestCase("Samira-Tazi-2026", "passwordCommon", Description = "the person's own name")]
    public void Refuses_what_is_short_or_guessed(string? password, string code) => Assert.That(Check(password), Is.EqualTo(code));

    [Test]
    public void Refuses_what_nobody_reads_to_its_end() => Assert.That(Check(string.Concat(Enumerable.Repeat("abcdefgh ", 40))), Is.EqualTo("tooLong"));

    [TestCase("une phrase de passe")]
    [TestCase("trois chats sur un toit")]
    [TestCase("\u0642\u0637\u0629 \u0639\u0644\u0649 \u0633\u0637\u062D \u0627\u0644\u062F\u0627\u0631")]
    [TestCase("kf83hq0vn2mz")]
    public void Takes_a_sentence_in_any_script_and_asks_for_no_kinds_of_characters(string password) => Assert.That(Check(password), Is.Null);

    private static string? Check(string? password)
    {
        var faults = new Faults();
        PasswordRule.Check(password, ["samira.tazi@club.example", "Samira Tazi"], letters => letters == "motdepasse", faults);
        return faults.None ? null : faults.ToError().Fields!["password"][0].Code;
    }
}
