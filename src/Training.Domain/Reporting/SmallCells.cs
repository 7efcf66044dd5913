namespace Training.Domain.Reporting;

/// <summary>From which count on a figure about persons is shown.</summary>
/// <param name="Threshold">Smallest count that is shown.</param>
public sealed record SmallCells(int Threshold)
{
    /// <summary>The default of the programme's statistics rules.</summary>
    public const int ThresholdDefault = 5;

    /// <summary>True when a count stands for so few that it is withheld on its own account.</summary>
    public bool IsSmall(int count) => count > 0 && count < Threshold;
}
