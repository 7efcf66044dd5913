namespace Training.App.Modules.Certificates.Sealing;

/// <summary>Seals documents when a seal is configured, and says so once at start.</summary>
internal sealed class DocumentSealer(OrganisationSeal? seal, TimeProvider time)
{
    /// <summary>The seal in use; null when none is configured and documents are issued without one.</summary>
    public OrganisationSeal? Seal { get; } = seal;

    /// <summary>The document as it is to be stored: sealed, or as it is.</summary>
    public byte[] Finish(byte[] pdf) => Seal is null ? pdf : Seal.Apply(pdf, time.GetUtcNow());
}
