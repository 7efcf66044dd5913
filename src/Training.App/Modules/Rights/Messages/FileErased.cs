namespace Training.App.Modules.Rights.Messages;

/// <summary>A child's file was erased. Nothing leads to it any more; what others keep of it beside the database goes too.</summary>
/// <param name="ParticipantId">Key of the file that was.</param>
public sealed record FileErased(int ParticipantId);
