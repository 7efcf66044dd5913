namespace Training.App.Modules.Enrollments.Messages;

/// <summary>A transfer between two sites was asked for, answered or taken back: both sides are told.</summary>
/// <param name="TransferId">The transfer.</param>
/// <param name="FromSiteId">The giving site.</param>
/// <param name="ToSiteId">The receiving site.</param>
/// <param name="Version">The transfer's version after it: 1 when it was asked.</param>
public sealed record TransferChanged(int TransferId, int FromSiteId, int ToSiteId, int Version);
