namespace Training.Domain.Registry.Names;

/// <summary>How well a spelling that children bear answers what was typed; the better comes first.</summary>
public enum SpellingLikeness
{
    /// <summary>The same letters, whatever their case and accents.</summary>
    Same,

    /// <summary>It begins as typed, article apart.</summary>
    Begins,

    /// <summary>Another spelling of the name: the same skeleton.</summary>
    Alike,

    /// <summary>The name in the other script, as far as its skeleton tells.</summary>
    AcrossScripts,

    /// <summary>A later word of it begins as typed.</summary>
    Part,

    /// <summary>It is one of several words typed.</summary>
    Shorter,

    /// <summary>One slip away.</summary>
    Slip,

    /// <summary>Another name.</summary>
    Different,
}
