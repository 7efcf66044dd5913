using System.Globalization;
using Microsoft.AspNetCore.Html;
using Training.App.Platform.Http;

namespace Training.App.Pages.Shared;

/// <summary>
/// Figures as they are written in Morocco: a narrow space between thousands in French, a dot in Arabic, Western digits in both, and
/// always from left to right. The machine's own language data would write French thousands with a dot.
/// </summary>
internal static class Numbers
{
    private static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = "\u202f", NumberDecimalDigits = 0 };
    private static readonly NumberFormatInfo Dotted = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = ",", NumberDecimalDigits = 0 };

    /// <summary><c>1 234</c>.</summary>
    public static string Text(int number) => number.ToString("N0", Languages.Current == "ar" ? Dotted : Spaced);

    /// <summary>
    /// <c>83 %</c>; a dash when there is nothing to divide by. Few are not none and almost all are not all: below one percent it has
    /// a decimal, and only a whole is 100 %.
    /// </summary>
    public static string Percent(int part, int whole)
    {
        if (whole == 0) return "–";
        var percent = 100m * part / whole;
        if (percent is > 0 and < 0.1m) return "< 0,1 %";
        var shown = percent switch
        {
            > 0 and < 1 => Math.Floor(percent * 10) / 10,
            > 99 and < 100 => 99,
            _ => Math.Round(percent, MidpointRounding.AwayFromZero),
        };
        return shown.ToString("0.#", Dotted) + " %";
    }

    /// <summary><c>83 % (10/12)</c>: a share never stands without its counts; a dash when there is nothing to divide by.</summary>
    public static string Share(int part, int whole) => whole == 0 ? "–" : $"{Percent(part, whole)} ({Text(part)}/{Text(whole)})";

    /// <summary>The number, kept from left to right.</summary>
    public static IHtmlContent Show(int number) => Ltr(Text(number));

    /// <summary>Figures that must stay from left to right inside Arabic.</summary>
    public static IHtmlContent Ltr(string text) => Isolated(text, "num");

    /// <summary>A code that must stay from left to right inside Arabic.</summary>
    public static IHtmlContent Code(string text) => Isolated(text, "code");

    private static HtmlString Isolated(string text, string kind) => new($"<bdi dir=\"ltr\" class=\"{kind}\">{Markup.Text(text)}</bdi>");
}
