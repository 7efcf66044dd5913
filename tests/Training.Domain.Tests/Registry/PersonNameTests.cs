using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Domain.Tests.Registry;

/// <summary>What a name may be written with.</summary>
public class PersonNameTests
{
    [Test]
    public void Plain_names_are_judged_as_all_others()
    {
        // A full stop says nothing of a name, and a name that has one is looked at character by character.
        var differing = Enumerable.Range(1, char.MaxValue).Where(code => !char.IsSurrogate((char)code))
            .Where(code => Judge($"Ali{(char)code}ben") != Judge($"Ali{(char)code}ben.") || Judge($"علي{(char)code}بن") != Judge($"علي{(char)code}بن."))
            .Select(code => $"U+{code:X4}").ToArray();

        Assert.That(differing, Is.Empty);
    }

    [TestCase("Ali", "")]
    [TestCase("Aït-Ben 'Addi", "")]
    [TestCase("عبد الإله", "")]
    [TestCase("Ali×", "foreignLetters")]
    [TestCase("Ali3", "digitInName")]
    [TestCase("-'", "noLetter")]
    public void A_name_has_letters_of_the_two_alphabets(string name, string fault) => Assert.That(Judge(name), Is.EqualTo(fault));

    [Test]
    public void A_plain_name_may_be_too_long() => Assert.That(Judge(new string('a', Participant.NameMax + 1)), Is.EqualTo("tooLong"));

    private static string Judge(string name)
    {
        var faults = new Faults();
        PersonName.Check(new RegistrationInput { GivenName = name, FamilyName = name }, faults);
        return faults.None ? "" : faults.ToError().Fields!.First().Value[0].Code;
    }
}
