using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Duplicates;

/// <summary>The public name of a pair: both participant codes, the older file first.</summary>
internal static class PairId
{
    private const char Between = '_';

    public static string Of(int lowId, int highId) => $"{ParticipantCode.FromKey(lowId)}{Between}{ParticipantCode.FromKey(highId)}";

    public static string Of(DuplicatePair pair) => Of(pair.LowId, pair.HighId);

    /// <summary>The keys, the lower first; null when it is no pair.</summary>
    public static (int Low, int High)? Parse(string? text)
    {
        var parts = text?.Split(Between);
        if (parts is not [var one, var other] || !ParticipantCode.TryParse(one, out var a) || !ParticipantCode.TryParse(other, out var b) || a == b) return null;
        var (first, second) = ((int)a.ToKey(), (int)b.ToKey());
        return (Math.Min(first, second), Math.Max(first, second));
    }
}
