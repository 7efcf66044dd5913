using System.Runtime.CompilerServices;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Enrollments.Imports.Matching;

/// <summary>
/// Keeps each distinct name once with its comparable forms, and remembers how close two of them are: a list of 200,000 children has a
/// few thousand names, so nearly every comparison of two children is two look-ups.
/// </summary>
internal sealed class NameCache
{
    /// <summary>As long as there are no more names than this, each has a line of its own, which stays in the processor's cache while it is compared with a block.</summary>
    private const int LinesMax = 4_096;
    private const int Slots = 1 << 20;

    private readonly Dictionary<(string? Latin, string? Arabic), int> numbers = [];
    private readonly List<NameForms> forms = [];

    // Closeness plus one; zero is not known yet.
    private readonly List<byte[]?> lines = [];

    // For more names: a pair's numbers with the closeness in the lowest bits; a later pair takes the slot of an earlier one.
    private ulong[]? known;

    /// <summary>The number of a name.</summary>
    public int NumberOf(string? latin, string? arabic)
    {
        if (numbers.TryGetValue((latin, arabic), out var number)) return number;
        number = forms.Count;
        forms.Add(new NameForms(latin, arabic));
        lines.Add(null);
        numbers.Add((latin, arabic), number);
        return number;
    }

    /// <summary>The forms of a name.</summary>
    public NameForms this[int number] => forms[number];

    /// <summary>As <see cref="NameComparison.Compare"/>, remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public NameCloseness Compare(int a, int b)
    {
        if ((uint)a >= LinesMax || (uint)b >= LinesMax) return CompareAmongMany(a, b);
        var line = lines[a] ??= new byte[LinesMax];
        var entry = line[b];
        if (entry != 0) return (NameCloseness)(entry - 1);
        var closeness = NameComparison.Compare(forms[a], forms[b]);
        line[b] = (byte)(closeness + 1);
        return closeness;
    }

    /// <summary>As <see cref="NameComparison.Meet"/>, remembered.</summary>
    public bool Meet(int givenA, int familyA, int givenB, int familyB) =>
        (Compare(familyA, familyB) > NameCloseness.Part && Compare(givenA, givenB) > NameCloseness.Different)
        || (Compare(givenA, familyB) > NameCloseness.Part && Compare(familyA, givenB) > NameCloseness.Part);

    private NameCloseness CompareAmongMany(int a, int b)
    {
        known ??= new ulong[Slots];
        if (a > b) (a, b) = (b, a);
        var key = (ulong)(uint)a << 32 | (ulong)(uint)b << 2;
        var slot = (uint)(unchecked(key * 0x9E3779B97F4A7C15UL) >> 44);
        var entry = known[slot];
        if (entry >> 2 == key >> 2) return (NameCloseness)(entry & 3);
        var closeness = NameComparison.Compare(forms[a], forms[b]);
        known[slot] = key | (ulong)closeness;
        return closeness;
    }

    /// <summary>True when two names are written alike: in Arabic where both are known in it, else in Latin letters. Sounding alike is not enough: Hassan and Houcine are twins.</summary>
    public bool WrittenAlike(int a, int b)
    {
        if (a == b) return true;
        var (left, right) = (forms[a], forms[b]);
        return left.ArabicKey.Length > 0 && right.ArabicKey.Length > 0
            ? left.ArabicKey == right.ArabicKey
            : left.Latin.Length > 0 && left.Latin == right.Latin;
    }
}
