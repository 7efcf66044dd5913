using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Training.App.Pages.Shared;

/// <summary>The list of a form's faults on top of the page, each leading to its field; nothing while there is none.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = Markup.Errors(ViewContext);
        if (errors.None)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("aria-labelledby", "error-title");
        output.Content.AppendHtml($"<h2 id=\"error-title\">{Markup.Text(Markup.Texts(ViewContext)["common.errorSummary"])}</h2><ul>");
        foreach (var (_, anchor, _, text) in errors.Entries)
        {
            output.Content.AppendHtml(anchor is null ? $"<li>{Markup.Text(text)}</li>" : $"<li><a href=\"#{anchor}\">{Markup.Text(text)}</a></li>");
        }
        output.Content.AppendHtml("</ul>");
    }
}
