namespace Training.Domain.Certificates;

/// <summary>
/// An issue of a certificate's document that a later one replaced under the same number and public link. The document itself is not
/// kept: it bears a name that was wrong. Its hash is, so that whoever still holds it can be told.
/// </summary>
public sealed class CertificateRevision
{
    /// <summary>Most characters of the reason.</summary>
    public const int ReasonMax = 200;

    /// <summary>The certificate.</summary>
    public required int CertificateId { get; init; }

    /// <summary>Which issue this was, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Hash of its document; null when it was never made.</summary>
    public string? FileHash { get; init; }

    /// <summary>Who asked for the next.</summary>
    public required string ReplacedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ReplacedAt { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
