using Training.Domain.Common;

namespace Training.Domain.Tests.Common;

public class MoroccanCalendarTests
{
    [Test]
    public void Writes_dates_with_Moroccan_month_names_and_Western_digits()
    {
        var date = new DateOnly(2014, 8, 12);
        Assert.That(MoroccanCalendar.LongDate(date, CalendarLanguage.Arabic), Is.EqualTo("12 غشت 2014"));
        Assert.That(MoroccanCalendar.LongDate(date, CalendarLanguage.French), Is.EqualTo("12 août 2014"));
        Assert.That(MoroccanCalendar.LongDate(new DateOnly(2026, 1, 1), CalendarLanguage.French), Is.EqualTo("1er janvier 2026"));
        Assert.That(MoroccanCalendar.ShortDate(new DateOnly(2026, 1, 9)), Is.EqualTo("09/01/2026"));
    }

    [Test]
    public void Names_the_twelve_months_as_the_country_does()
    {
        var names = string.Join(' ', Enumerable.Range(1, 12).Select(month => MoroccanCalendar.MonthName(month, CalendarLanguage.Arabic)));
        Assert.That(names, Is.EqualTo("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"));
    }

    [Test]
    public void Refuses_a_thirteenth_month() =>
        Assert.That(() => MoroccanCalendar.MonthName(13, CalendarLanguage.French), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
