using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Training.App.Pages.Shared;

/// <summary>
/// A labelled field with its hint and its error: <c>&lt;field for="Email" label="…"&gt;&lt;input type="email"&gt;&lt;/field&gt;</c>.
/// The input inside gets its id, its name and what a screen reader needs.
/// </summary>
[HtmlTargetElement("field", Attributes = "for,label")]
public sealed class FieldTagHelper : TagHelper
{
    /// <summary>Name of the form field.</summary>
    public required string For { get; set; }

    /// <summary>Label.</summary>
    public required string Label { get; set; }

    /// <summary>Hint; null when none is needed.</summary>
    public string? Hint { get; set; }

    /// <summary>True when it may stay empty and the label says so.</summary>
    public bool Optional { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Init(TagHelperContext context) => context.Items[typeof(FieldTagHelper)] = this;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var error = Markup.Errors(ViewContext).Of(For);
        output.TagName = "div";
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field--error");
        output.Content.AppendHtml($"<label for=\"{For}\">{Markup.Text(Label)}");
        if (Optional) output.Content.AppendHtml($" <span class=\"optional\">({Markup.Text(Markup.Texts(ViewContext)["common.optional"])})</span>");
        output.Content.AppendHtml("</label>").AppendHtml(Markup.Hint(For, Hint)).AppendHtml(Markup.Error(For, error)).AppendHtml(content);
    }
}

/// <summary>Ties an input to the <c>field</c> around it.</summary>
[HtmlTargetElement("input", ParentTag = "field")]
[HtmlTargetElement("select", ParentTag = "field")]
[HtmlTargetElement("textarea", ParentTag = "field")]
public sealed class FieldControlTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = (FieldTagHelper)context.Items[typeof(FieldTagHelper)];
        var error = Markup.Errors(ViewContext).Of(field.For);
        output.Attributes.SetAttribute("id", field.For);
        output.Attributes.SetAttribute("name", field.For);
        if (Markup.DescribedBy(field.For, field.Hint, error) is { } described) output.Attributes.SetAttribute("aria-describedby", described);
        if (error is not null) output.Attributes.SetAttribute("aria-invalid", "true");
    }
}
