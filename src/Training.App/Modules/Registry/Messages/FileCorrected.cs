namespace Training.App.Modules.Registry.Messages;

/// <summary>The sex or birth date in a child's file was corrected: what was counted by it may differ now. Other corrections name it in the trail alone.</summary>
/// <param name="CorrectionId">The correction.</param>
/// <param name="ParticipantId">The child.</param>
/// <param name="Version">Version of the file afterwards.</param>
public sealed record FileCorrected(int CorrectionId, int ParticipantId, int Version);
