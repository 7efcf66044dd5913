namespace Training.Domain.Registry.Names;

/// <summary>
/// What decides most comparisons, side by side in memory: a search passes over every spelling of the country, and following a
/// reference for each would cost more than comparing.
/// </summary>
internal readonly struct SpellingProbe
{
    public SpellingProbe(NameSpelling spelling)
    {
        Spelling = spelling;
        LatinLetters = JaroWinkler.Letters(spelling.LatinBare);
        KeyLetters = spelling.Latin is null ? spelling.Forms.ArabicSkeletonLetters : spelling.Forms.LatinKeyLetters;
        AlternativeLetters = spelling.Latin is null ? KeyLetters : spelling.Forms.LatinAlternativeLetters;
        ArabicLetters = spelling.Forms.ArabicKeyLetters;
        LatinLength = (byte)spelling.LatinBare.Length;
        KeyLength = (byte)spelling.Forms.LatinKey.Length;
        ArabicLength = (byte)spelling.Forms.ArabicKey.Length;
        LatinFirst = LatinLength > 0 ? spelling.LatinBare[0] : '\0';
        ArabicFirst = ArabicLength > 0 ? spelling.Forms.ArabicKey[0] : '\0';
    }

    public NameSpelling Spelling { get; }

    public ulong LatinLetters { get; }

    /// <summary>Letters of the skeleton: that of the Latin form, or of the Arabic one where there is no other.</summary>
    public ulong KeyLetters { get; }

    public ulong AlternativeLetters { get; }

    public ulong ArabicLetters { get; }

    public byte LatinLength { get; }

    public byte KeyLength { get; }

    public byte ArabicLength { get; }

    public char LatinFirst { get; }

    public char ArabicFirst { get; }

    /// <summary>False when no skeleton of the two can be equal, since their letters differ.</summary>
    public bool SkeletonsMayMeet(ulong lettersOfKey, ulong lettersOfAlternative) =>
        lettersOfKey == KeyLetters || lettersOfKey == AlternativeLetters || lettersOfAlternative == KeyLetters || lettersOfAlternative == AlternativeLetters;
}
