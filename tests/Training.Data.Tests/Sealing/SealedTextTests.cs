using Training.Data.Sealing;

namespace Training.Data.Tests.Sealing;

internal sealed class SealedTextTests
{
    private const string Words = "Asthmatique, ملاحظة: ne pas laisser seul";

    [Test]
    public void Words_come_back_as_they_were_and_lie_there_as_none_of_them()
    {
        var stored = SealedText.Seal(Words, "Sessions.Note")!;

        Assert.That(stored, Does.StartWith("sealed1:").And.Not.Contain("Asthmatique").And.Not.Contain("ملاحظة"));
        Assert.That(SealedText.Open(stored, "Sessions.Note"), Is.EqualTo(Words));
        Assert.That(SealedText.Seal(Words, "Sessions.Note"), Is.Not.EqualTo(stored), "the same words are not seen to be the same");
    }

    [TestCase("")]
    [TestCase(null)]
    public void Nothing_stays_nothing(string? text) => Assert.That(SealedText.Open(SealedText.Seal(text, "T.C"), "T.C"), Is.EqualTo(text));

    [Test]
    public void What_was_written_before_there_were_keys_is_read_as_it_stands() => Assert.That(SealedText.Open(Words, "Sessions.Note"), Is.EqualTo(Words));

    [Test]
    public void What_was_changed_cut_off_or_put_into_another_column_does_not_open_and_the_message_holds_no_word()
    {
        var stored = SealedText.Seal(Words, "Sessions.Note")!;
        var other = stored[^5] == 'A' ? 'B' : 'A';
        foreach (var (text, column) in new[] { ($"{stored[..^5]}{other}{stored[^4..]}", "Sessions.Note"), (stored[..^8], "Sessions.Note"), (stored[..16], "Sessions.Note"), (stored, "Participants.Note"), (stored[..20] + "*", "Sessions.Note") })
        {
            Assert.That(() => SealedText.Open(text, column), Throws.TypeOf<SealingException>().With.Message.Contains(column).And.Message.Not.Contains("Asthmatique"));
        }
    }

    [Test]
    public void A_missing_key_is_named()
    {
        var stored = SealedText.Seal(Words, "Sessions.Note")!;
        Assert.That(() => SealedText.Open("sealed1:00000000:" + stored[17..], "Sessions.Note"), Throws.TypeOf<SealingException>().With.Message.Contains("00000000"));
    }

    [Test]
    public void The_newest_key_seals_every_one_opens_and_a_damaged_one_is_said()
    {
        var folder = Directory.CreateTempSubdirectory("training-keys-").FullName;
        try
        {
            var keys = new SealingKeys(folder);
            var first = keys.Make(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
            var second = keys.Make(new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero));
            var elsewhere = new SealingKeys(folder);

            Assert.That((elsewhere.Current.Id, elsewhere.Find(first.Id)!.Bytes), Is.EqualTo((second.Id, first.Bytes)));
            if (!OperatingSystem.IsWindows()) Assert.That(Directory.GetFiles(folder).Select(File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            File.WriteAllText(Directory.GetFiles(folder).Order(StringComparer.Ordinal).First(), Convert.ToBase64String(new byte[32]));
            Assert.That(() => new SealingKeys(folder).Current, Throws.TypeOf<SealingException>().With.Message.Contains("damaged"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
