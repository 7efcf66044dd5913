using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Training.App.Pages.Shared;

/// <summary>A remembered date as three short inputs, <c>{for}Day</c>, <c>{for}Month</c> and <c>{for}Year</c>: easier on a phone than a calendar.</summary>
[HtmlTargetElement("date-field", Attributes = "for,legend", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DateFieldTagHelper : TagHelper
{
    /// <summary>Name of the date; the three fields add their part to it.</summary>
    public required string For { get; set; }

    /// <summary>The question.</summary>
    public required string Legend { get; set; }

    /// <summary>Hint; null when none is needed.</summary>
    public string? Hint { get; set; }

    /// <summary>Day as typed.</summary>
    public string? Day { get; set; }

    /// <summary>Month as typed.</summary>
    public string? Month { get; set; }

    /// <summary>Year as typed.</summary>
    public string? Year { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var error = Markup.Errors(ViewContext).Of(For);
        var texts = Markup.Texts(ViewContext);
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field--error");
        output.Attributes.SetAttribute("id", For);
        if (Markup.DescribedBy(For, Hint, error) is { } described) output.Attributes.SetAttribute("aria-describedby", described);
        output.Content.AppendHtml($"<legend>{Markup.Text(Legend)}</legend>")
            .AppendHtml(Markup.Hint(For, Hint)).AppendHtml(Markup.Error(For, error))
            .AppendHtml("<div class=\"date-field\">")
            .AppendHtml(Part("day", "Day", texts["common.day"], 2, Day, error is not null))
            .AppendHtml(Part("month", "Month", texts["common.month"], 2, Month, error is not null))
            .AppendHtml(Part("year", "Year", texts["common.year"], 4, Year, error is not null))
            .AppendHtml("</div>");
    }

    private string Part(string id, string name, string label, int length, string? value, bool invalid) =>
        $"<div><label for=\"{For}-{id}\">{Markup.Text(label)}</label><input id=\"{For}-{id}\" name=\"{For}{name}\" inputmode=\"numeric\" "
        + $"maxlength=\"{length}\" autocomplete=\"off\" dir=\"ltr\" value=\"{Markup.Text(value ?? "")}\"{(invalid ? " aria-invalid=\"true\"" : "")}></div>";
}
