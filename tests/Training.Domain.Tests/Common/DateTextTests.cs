using System.Globalization;
using Training.Domain.Common;

namespace Training.Domain.Tests.Common;

public class DateTextTests
{
    private static readonly DateOnly TwelfthOfMarch = new(2014, 3, 12);

    [TestCase("03/12/2014", "2014-03-12")]
    [TestCase("3/25/14", "2014-03-25")]
    [TestCase("2014-03-12", "2014-03-12")]
    [TestCase("12 mars 2014", "2014-03-12")]
    [TestCase("25/03/2014", null)]
    public void Reads_a_list_that_writes_the_month_first(string text, string? date) =>
        Assert.That(DateText.ParseMonthFirst(text, out var read) == DateTextError.None ? $"{read:yyyy-MM-dd}" : null, Is.EqualTo(date));

    [TestCase("12/03/2014")]
    [TestCase("12-3-2014")]
    [TestCase("12.03.2014")]
    [TestCase("12.03.14")]
    [TestCase("12/3/14")]
    [TestCase("2014-03-12")]
    [TestCase("2014/3/12")]
    [TestCase("12 mars 2014")]
    [TestCase("12-Mars-2014")]
    [TestCase("12 MARS 14")]
    [TestCase("12 March 2014")]
    [TestCase("12 مارس 2014")]
    [TestCase("١٢ مارس ٢٠١٤")]
    [TestCase("12 آذار 2014")]
    [TestCase("١٢/٠٣/٢٠١٤")]
    [TestCase("۱۲/۰۳/۲۰۱۴")]
    [TestCase("\u200F12/03/2014\u200F")]
    [TestCase("  12 / 03 / 2014 ")]
    [TestCase("12 03 2014")]
    [TestCase("2014-03-12T00:00:00")]
    [TestCase("12/03/2014 00:00")]
    [TestCase("12/03/2014 00:00:00 AM")]
    [TestCase("20140312")]
    [TestCase("12032014")]
    [TestCase("41710")]
    public void Reads_one_date_in_every_writing(string typed)
    {
        Assert.That(DateText.Parse(typed, out DateOnly date), Is.EqualTo(DateTextError.None));
        Assert.That(date, Is.EqualTo(TwelfthOfMarch));
    }

    [TestCase("1er février 2015", 2)]
    [TestCase("1 fevrier 2015", 2)]
    [TestCase("01 févr. 2015", 2)]
    [TestCase("1 août 2015", 8)]
    [TestCase("1 غشت 2015", 8)]
    [TestCase("1 آب 2015", 8)]
    [TestCase("1 يوليوز 2015", 7)]
    [TestCase("1 تموز 2015", 7)]
    [TestCase("1 ماي 2015", 5)]
    [TestCase("1 كانون الثاني 2015", 1)]
    [TestCase("1 كانون الأول 2015", 12)]
    [TestCase("1 تشرين الأول 2015", 10)]
    [TestCase("1 تشرين الثاني 2015", 11)]
    [TestCase("1 décembre 2015", 12)]
    [TestCase("1 دجنبر 2015", 12)]
    [TestCase("1 شتنبر 2015", 9)]
    [TestCase("1 sept. 2015", 9)]
    public void Knows_the_month_names_in_use(string typed, int month) =>
        Assert.That(DateText.Parse(typed, out DateTextError _), Is.EqualTo(new DateOnly(2015, month, 1)));

    [TestCase("31/02/2014")]
    [TestCase("29/02/2013")]
    [TestCase("03/25/2014")]
    [TestCase("0/1/2014")]
    [TestCase("32/1/2014")]
    [TestCase("12/03/0014")]
    [TestCase("12/03/2914")]
    [TestCase("2014-13-01")]
    public void Calls_a_date_that_no_calendar_has_impossible(string typed) =>
        Assert.That(DateText.Parse(typed, out DateOnly _), Is.EqualTo(DateTextError.Impossible));

    [TestCase("2014")]
    [TestCase("14 ans")]
    [TestCase("12/03")]
    [TestCase("12/03/201")]
    [TestCase("mars 2014")]
    [TestCase("12/03/2014/5")]
    [TestCase("?")]
    [TestCase("12 foo 2014")]
    [TestCase("-")]
    [TestCase("99999999999")]
    [TestCase("12/03/2014 vers midi")]
    public void Calls_anything_else_malformed(string typed) =>
        Assert.That(DateText.Parse(typed, out DateOnly _), Is.AnyOf(DateTextError.Malformed, typed == "-" ? DateTextError.Missing : DateTextError.Malformed));

    [Test]
    public void Refuses_a_year_of_two_digits_that_is_not_of_this_century() =>
        Assert.That(DateText.Parse("12/03/98", out DateOnly _), Is.EqualTo(DateTextError.AmbiguousYear));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" \u200F ")]
    public void Says_when_nothing_was_typed(string? typed)
    {
        Assert.That(DateText.Parse(typed, out var error), Is.Null);
        Assert.That(error, Is.EqualTo(DateTextError.Missing));
    }

    [Test]
    public void Reads_back_every_day_of_two_centuries_in_every_form_it_writes()
    {
        for (var day = new DateOnly(1927, 5, 18); day.Year < 2100; day = day.AddDays(1))
        {
            AssertReads(day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), day);
            AssertReads(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day);
            AssertReads(day.ToString("ddMMyyyy", CultureInfo.InvariantCulture), day);
            AssertReads(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), day);
            AssertReads(MoroccanCalendar.LongDate(day, CalendarLanguage.French), day);
            AssertReads(MoroccanCalendar.LongDate(day, CalendarLanguage.Arabic), day);
            AssertReads((day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture), day);
        }
    }

    private static void AssertReads(string text, DateOnly expected)
    {
        if (DateText.Parse(text, out DateOnly date) != DateTextError.None || date != expected) Assert.Fail($"{text} was not read as {expected:O}.");
    }
}
