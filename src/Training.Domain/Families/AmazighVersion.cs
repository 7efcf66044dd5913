namespace Training.Domain.Families;

/// <summary>All texts for families in Amazigh as they stood at one time. A version never changes; the newest that is in force is shown.</summary>
public sealed class AmazighVersion
{
    /// <summary>From 1. Versions that never came into force leave gaps.</summary>
    public int Number { get; init; }

    /// <summary>Number of the version that was in force when this one was brought; 0 when there was none.</summary>
    public int BasedOn { get; init; }

    /// <summary>The texts by their keys, as a JSON object.</summary>
    public required string Content { get; init; }

    /// <summary>How many texts it has; none takes the language away again.</summary>
    public int Texts { get; init; }

    /// <summary>When the file was brought, UTC.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>Who brought it: the caller's stable name, never a person's.</summary>
    public required string UploadedBy { get; init; }

    /// <summary>When it came into force, UTC; null while somebody looks at it.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Who put it into force; null while nobody has.</summary>
    public string? PublishedBy { get; private set; }

    /// <summary>Puts it into force; a second time changes nothing.</summary>
    public void Publish(string by, DateTimeOffset now)
    {
        if (PublishedAt is not null) return;
        (PublishedAt, PublishedBy) = (now, by);
    }
}
