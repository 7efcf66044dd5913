using System.Globalization;
using Training.Pdf.Layout;
using Training.Pdf.Tests.Layout;

namespace Training.Pdf.Tests.Writing;

/// <summary>Documents are made for readers of any language, and are written for machines all the same.</summary>
internal sealed class CultureTests
{
    [TestCase("ar-MA")] // A minus sign with a mark of direction before it.
    [TestCase("fr-MA")] // A decimal comma.
    [TestCase("sv-SE")] // A minus sign of its own.
    [TestCase("fa-IR")] // Another calendar.
    public void The_language_of_the_moment_changes_no_byte(string culture)
    {
        var plain = In(CultureInfo.InvariantCulture, () => Samples.DaySheet(40).Save());
        var other = In(CultureInfo.GetCultureInfo(culture), () => Samples.DaySheet(40).Save());
        Assert.That(other, Is.EqualTo(plain));
        var report = In(CultureInfo.GetCultureInfo(culture), () => Samples.Report(PageSetup.Arabic).Save());
        Assert.That(report, Is.EqualTo(In(CultureInfo.InvariantCulture, () => Samples.Report(PageSetup.Arabic).Save())));
    }

    private static byte[] In(CultureInfo culture, Func<byte[]> write)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return write();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
