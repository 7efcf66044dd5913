using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Training.App.Pages.Shared;

/// <summary>One of a question's answers.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Label">What is read.</param>
/// <param name="Hint">What it entails; null when the label says it all.</param>
/// <param name="Language">Language of the label when it is not the page's own.</param>
public sealed record Choice(string Value, string Label, string? Hint = null, string? Language = null);

/// <summary>A question with a few answers, as radio buttons.</summary>
[HtmlTargetElement("choices", Attributes = "for,legend,items", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ChoicesTagHelper : TagHelper
{
    /// <summary>Name of the form field.</summary>
    public required string For { get; set; }

    /// <summary>The question.</summary>
    public required string Legend { get; set; }

    /// <summary>Hint; null when none is needed.</summary>
    public string? Hint { get; set; }

    /// <summary>The answers.</summary>
    public required IReadOnlyList<Choice> Items { get; set; }

    /// <summary>The chosen value; null when nothing is chosen yet.</summary>
    public string? Value { get; set; }

    /// <summary>True to set the answers side by side where there is room.</summary>
    public bool Row { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var error = Markup.Errors(ViewContext).Of(For);
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field--error");
        output.Attributes.SetAttribute("id", For);
        if (Markup.DescribedBy(For, Hint, error) is { } described) output.Attributes.SetAttribute("aria-describedby", described);
        var content = output.Content.AppendHtml($"<legend>{Markup.Text(Legend)}</legend>")
            .AppendHtml(Markup.Hint(For, Hint)).AppendHtml(Markup.Error(For, error))
            .AppendHtml($"<div class=\"choices{(Row ? " choices--row" : "")}\">");
        foreach (var (index, item) in Items.Index())
        {
            // The first answer is where the summary's link leads: a group of radio buttons takes no focus itself.
            var id = index == 0 ? $" id=\"{For}-first\"" : "";
            var language = item.Language is null ? "" : $" lang=\"{item.Language}\"";
            content.AppendHtml($"<label class=\"choice\"><input type=\"radio\"{id} name=\"{For}\" value=\"{Markup.Text(item.Value)}\"{(item.Value == Value ? " checked" : "")}>")
                .AppendHtml($"<span{language}>{Markup.Text(item.Label)}");
            if (item.Hint is not null) content.AppendHtml($"<span class=\"hint\">{Markup.Text(item.Hint)}</span>");
            content.AppendHtml("</span></label>");
        }
        content.AppendHtml("</div>");
    }
}
