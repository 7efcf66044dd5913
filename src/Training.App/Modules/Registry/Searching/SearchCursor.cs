using System.Globalization;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Searching;

/// <summary>
/// The place in a list after which the next part begins: by rank, then by key. Both belong to the child alone, so that children who
/// come and go meanwhile neither repeat nor hide others.
/// </summary>
/// <param name="Rank">Rank of the last child shown; 0 in a list without ranks.</param>
/// <param name="Key">Its key; 0 before the first.</param>
internal readonly record struct SearchCursor(int Rank, int Key)
{
    public static bool TryParse(string? text, out SearchCursor cursor)
    {
        cursor = default;
        if (string.IsNullOrEmpty(text)) return true;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var rank = 0;
        if (dot >= 0 && !int.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out rank)) return false;
        if (!ParticipantCode.TryParse(text[(dot + 1)..], out var last)) return false;
        cursor = new SearchCursor(rank, (int)last.ToKey());
        return true;
    }

    public bool IsBefore(NamedChild child) => Key == 0 || (child.Rank, child.Child.Id).CompareTo((Rank, Key)) > 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank}.{ParticipantCode.FromKey(Key)}");
}
