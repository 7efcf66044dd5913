using Microsoft.Extensions.Logging;

namespace Training.App.Tests.Platform;

/// <summary>The reader of all logs can find what it looks for.</summary>
internal sealed class LogScanTests
{
    [TestCase("Registered Yasmine", true)]
    [TestCase("ياسمين", true)]
    [TestCase("sent to +212612345678", true)]
    [TestCase("0612345678 is known", true)]
    [TestCase("Delivery 612345678 of participant 1NM-R34Z", false)]
    public void A_line_that_quotes_a_name_or_a_phone_is_found(string line, bool quotes)
    {
        using var scan = new LogScan();

        scan.LogWarning("{Line}", line);

        Assert.That((scan.Lines, scan.Quoting.Count), Is.EqualTo((1, quotes ? 1 : 0)));
    }
}
