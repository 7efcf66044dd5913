namespace Training.App.Platform.Seeding.Synthetic;

/// <summary>SplitMix64: the same numbers for the same seed on every machine and every version of the runtime.</summary>
internal sealed class SyntheticRandom(int seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>0 up to but not including <paramref name="bound"/>.</summary>
    public int Next(int bound) => (int)((NextBits() >> 32) * (ulong)bound >> 32);

    /// <summary>True in this share of the calls, 0 to 1.</summary>
    public bool Chance(double share) => (NextBits() >> 11) * (1.0 / (1UL << 53)) < share;

    private ulong NextBits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
