using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Training.App.Pages.Shared;

/// <summary>A boxed message with its icon: <c>&lt;notice kind="success"&gt;…&lt;/notice&gt;</c>; kinds are info, success, warning and error.</summary>
[HtmlTargetElement("notice", Attributes = "kind")]
public sealed class NoticeTagHelper : TagHelper
{
    /// <summary>info, success, warning or error.</summary>
    public required string Kind { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.Attributes.SetAttribute("class", Kind == "info" ? "notice" : $"notice notice--{Kind}");
        output.Content.AppendHtml(Markup.Icon(Kind switch { "info" => "info", "success" => "check", _ => "warning" }))
            .AppendHtml("<div>").AppendHtml(content).AppendHtml("</div>");
    }
}

/// <summary>A short state in a coloured pill: <c>&lt;badge kind="warning"&gt;…&lt;/badge&gt;</c>.</summary>
[HtmlTargetElement("badge")]
public sealed class BadgeTagHelper : TagHelper
{
    /// <summary>success, warning, error or info; null for a plain one.</summary>
    public string? Kind { get; set; }

    /// <summary>Icon before the words; null when none.</summary>
    public string? Icon { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "span";
        output.Attributes.SetAttribute("class", Kind is null ? "badge" : $"badge badge--{Kind}");
        if (Icon is not null) output.Content.AppendHtml(Markup.Icon(Icon));
        output.Content.AppendHtml(content);
    }
}
