using System.Runtime.CompilerServices;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Enrollments.Imports.Matching;

/// <summary>
/// Keeps each distinct name once with its comparable forms, and remembers how close two of them are: a list of 200,000 children has a
/// few thousand names, so nearly every comparison of two children is two look-ups.
/// </summary>
internal sealed class NameCache
{
    /// <summary>
    /// As long as there are no more names than this, each has a line of its own, two bits for every other name: short enough to stay in the
    /// processor's cache while it is compared with a block.
    /// </summary>
    private const int LinesMax = 8_192;
    private const int Slots = 1 << 20;

    private readonly Dictionary<(string? Latin, string? Arabic), int> numbers = [];
    private readonly List<NameForms> forms = [];

    // Levels; zero is not known yet.
    private readonly List<byte[]?> lines = [];

    // For more names: a pair's numbers with the level in the lowest bits; a later pair takes the slot of an earlier one.
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

    /// <summary>As <see cref="NameComparison.Meet"/>, remembered.</summary>
    public bool Meet(int givenA, int familyA, int givenB, int familyB) => Of(givenA, familyA).Meets(givenB, familyB);

    /// <summary>A child's names, to be compared with those of many others.</summary>
    public Compared Of(int given, int family) => new(this, given, family);

    private byte[]? LineOf(int name) => (uint)name < LinesMax ? lines[name] ??= new byte[LinesMax / 4] : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Level LevelOf(byte[]? line, int a, int b)
    {
        if (line is null || (uint)b >= LinesMax) return AmongMany(a, b);
        var level = (Level)(line[b >> 2] >> ((b & 3) << 1) & 3);
        return level == Level.Unknown ? Learn(a, b) : level;
    }

    /// <summary>Compares two names and notes it for both.</summary>
    private Level Learn(int a, int b)
    {
        var level = Judge(a, b);
        LineOf(a)![b >> 2] |= (byte)((int)level << ((b & 3) << 1));
        LineOf(b)![a >> 2] |= (byte)((int)level << ((a & 3) << 1));
        return level;
    }

    private Level AmongMany(int a, int b)
    {
        known ??= new ulong[Slots];
        if (a > b) (a, b) = (b, a);
        var key = (ulong)(uint)a << 32 | (ulong)(uint)b << 2;
        var slot = (uint)(unchecked(key * 0x9E3779B97F4A7C15UL) >> 44);
        var entry = known[slot];
        if (entry >> 2 == key >> 2 && (entry & 3) != 0) return (Level)(entry & 3);
        var level = Judge(a, b);
        known[slot] = key | (ulong)level;
        return level;
    }

    private Level Judge(int a, int b) => NameComparison.Compare(forms[a], forms[b]) switch
    {
        NameCloseness.Different => Level.Different,
        NameCloseness.Part => Level.Part,
        _ => Level.Alike,
    };

    /// <summary>True when two names are written alike: in Arabic where both are known in it, else in Latin letters. Sounding alike is not enough: Hassan and Houcine are twins.</summary>
    public bool WrittenAlike(int a, int b)
    {
        if (a == b) return true;
        var (left, right) = (forms[a], forms[b]);
        return left.ArabicKey.Length > 0 && right.ArabicKey.Length > 0
            ? left.ArabicKey == right.ArabicKey
            : left.Latin.Length > 0 && left.Latin == right.Latin;
    }

    /// <summary>What two names are to each other, as far as it decides whether two children's names can meet.</summary>
    private enum Level : byte
    {
        Unknown,
        Different,
        Part,
        Alike,
    }

    /// <summary>The names of one child.</summary>
    public readonly ref struct Compared
    {
        private readonly NameCache cache;
        private readonly int given;
        private readonly int family;
        private readonly byte[]? givenLine;
        private readonly byte[]? familyLine;

        internal Compared(NameCache cache, int given, int family)
        {
            (this.cache, this.given, this.family) = (cache, given, family);
            (givenLine, familyLine) = (cache.LineOf(given), cache.LineOf(family));
        }

        /// <summary>As <see cref="NameComparison.Meet"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Meets(int otherGiven, int otherFamily) =>
            (cache.LevelOf(familyLine, family, otherFamily) == Level.Alike && cache.LevelOf(givenLine, given, otherGiven) != Level.Different)
            || (cache.LevelOf(givenLine, given, otherFamily) == Level.Alike && cache.LevelOf(familyLine, family, otherGiven) == Level.Alike);
    }
}
