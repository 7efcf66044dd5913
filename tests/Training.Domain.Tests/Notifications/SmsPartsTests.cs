using Training.Domain.Notifications;

namespace Training.Domain.Tests.Notifications;

internal sealed class SmsPartsTests
{
    [TestCase("", 1)]
    [TestCase("é", 1)]
    public void A_short_text_is_one_message(string text, int parts) => Assert.That(SmsParts.Of(text), Is.EqualTo(parts));

    [TestCase('e', 160, 1)]
    [TestCase('e', 161, 2)]
    [TestCase('e', 306, 2)]
    [TestCase('e', 307, 3)]
    [TestCase('€', 80, 1)]
    [TestCase('€', 81, 2)]
    [TestCase('س', 70, 1)]
    [TestCase('س', 71, 2)]
    [TestCase('ⵣ', 70, 1)]
    [TestCase('ⵣ', 134, 2)]
    [TestCase('ⵣ', 135, 3)]
    public void Arabic_and_Tifinagh_have_less_room_than_French(char sign, int length, int parts) =>
        Assert.That(SmsParts.Of(new string(sign, length)), Is.EqualTo(parts));

    [Test]
    public void One_sign_outside_the_alphabet_makes_the_whole_text_wide() => Assert.That(SmsParts.Of(new string('e', 100) + "’"), Is.EqualTo(2));
}
