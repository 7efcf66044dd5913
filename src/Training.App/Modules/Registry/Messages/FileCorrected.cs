namespace Training.App.Modules.Registry.Messages;

/// <summary>A child's file was corrected: what was counted by its sex or birth date may differ now.</summary>
/// <param name="CorrectionId">The correction.</param>
/// <param name="ParticipantId">The child.</param>
/// <param name="Version">Version of the file afterwards.</param>
public sealed record FileCorrected(int CorrectionId, int ParticipantId, int Version);
