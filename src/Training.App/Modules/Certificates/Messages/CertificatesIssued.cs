namespace Training.App.Modules.Certificates.Messages;

/// <summary>Documents of certificates lie in the file store.</summary>
/// <param name="CertificateIds">The certificates, at most fifty.</param>
public sealed record CertificatesIssued(IReadOnlyList<int> CertificateIds);
