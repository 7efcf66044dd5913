namespace Training.Domain.Registry.Names;

/// <summary>One way in which a given or a family name is written in the files: both scripts together, as somebody bears them.</summary>
public sealed class NameSpelling
{
    internal NameSpelling(string? latin, string? arabic)
    {
        Latin = latin;
        Arabic = arabic;
        Forms = new NameForms(latin, arabic);
        LatinBare = Bare(Forms.Latin);
    }

    /// <summary>As stored; null when those who bear it are known in Arabic alone.</summary>
    public string? Latin { get; }

    /// <summary>As stored; null when those who bear it are known in Latin letters alone.</summary>
    public string? Arabic { get; }

    /// <summary>True when somebody bears it as given name.</summary>
    public bool IsGiven { get; internal set; }

    /// <summary>True when somebody bears it as family name.</summary>
    public bool IsFamily { get; internal set; }

    internal NameForms Forms { get; }

    /// <summary>The folded Latin form without a leading article and without spaces.</summary>
    internal string LatinBare { get; }

    /// <summary>The folded text without a leading article and without spaces: what is compared letter by letter.</summary>
    internal static string Bare(string foldedLatin)
    {
        var space = foldedLatin.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0) return foldedLatin;
        var from = LatinKeys.IsArticle(foldedLatin.AsSpan(0, space)) ? space + 1 : 0;
        return foldedLatin[from..].Replace(" ", "", StringComparison.Ordinal);
    }
}
