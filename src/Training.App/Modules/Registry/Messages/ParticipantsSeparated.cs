namespace Training.App.Modules.Registry.Messages;

/// <summary>A merge was undone: two children again, each with its own.</summary>
/// <param name="MergeId">The merge.</param>
/// <param name="SurvivorId">The file that had gone on.</param>
/// <param name="RetiredId">The file that lives again.</param>
public sealed record ParticipantsSeparated(int MergeId, int SurvivorId, int RetiredId);
