namespace Training.App.Modules.Certificates.Messages;

/// <summary>A certificate was revoked. One of participation that gave way to one of completion was not.</summary>
/// <param name="CertificateId">The certificate.</param>
/// <param name="Revision">Its revision then.</param>
public sealed record CertificateRevoked(int CertificateId, int Revision);
