namespace Training.App.Modules.Certificates.Messages;

/// <summary>Certificates were earned, or are still without a document: they wait to be printed.</summary>
/// <param name="CertificateIds">The certificates, at most fifty.</param>
public sealed record CertificatesEarned(IReadOnlyList<int> CertificateIds);
