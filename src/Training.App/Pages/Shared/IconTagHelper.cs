using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Training.App.Pages.Shared;

/// <summary>A drawing from the icon sheet: <c>&lt;icon name="plus" /&gt;</c>. It says nothing to a screen reader.</summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    /// <summary>Name in the sheet.</summary>
    public required string Name { get; set; }

    /// <summary>True when a right-to-left page turns it round.</summary>
    public bool Mirror { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Mirror ? "icon icon--mirror" : "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent(Markup.Use(Name));
    }
}
