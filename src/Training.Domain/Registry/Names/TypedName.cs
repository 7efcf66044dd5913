using System.Numerics;

namespace Training.Domain.Registry.Names;

/// <summary>A name, or the beginning of one, as somebody types it to find a child, and its likeness to spellings.</summary>
internal sealed class TypedName
{
    /// <summary>Fewer letters begin too many names.</summary>
    private const int BeginsMin = 2;

    /// <summary>A slip in a shorter word makes another name of it.</summary>
    private const int SlipMin = 4;

    private const int PartMin = 3;

    private readonly NameForms forms;
    private readonly string latinBare;
    private readonly string[] words;
    private readonly ulong latinLetters;

    /// <param name="text">What was typed, in either script.</param>
    public TypedName(string text)
    {
        forms = new NameForms(text, text);
        latinBare = NameSpelling.Bare(forms.Latin);
        latinLetters = JaroWinkler.Letters(latinBare);
        words = [.. forms.Latin.Split(' '), .. forms.Arabic.Split(' ')];
    }

    /// <summary>Length of what is compared letter by letter.</summary>
    public int Length => Math.Max(latinBare.Length, forms.ArabicKey.Length);

    public SpellingLikeness Compare(in SpellingProbe probe)
    {
        var spelling = probe.Spelling;
        var other = spelling.Forms;
        var latin = latinBare.Length > 0 && probe.LatinLength > 0;
        var arabic = forms.ArabicKey.Length > 0 && probe.ArabicLength > 0;
        if (latin && latinBare[0] == probe.LatinFirst)
        {
            if (forms.Latin == other.Latin) return SpellingLikeness.Same;
            if (latinBare.Length >= BeginsMin && spelling.LatinBare.StartsWith(latinBare, StringComparison.Ordinal)) return SpellingLikeness.Begins;
        }
        if (arabic && forms.ArabicKey[0] == probe.ArabicFirst)
        {
            if (forms.ArabicKey == other.ArabicKey) return SpellingLikeness.Same;
            if (forms.ArabicKey.Length >= BeginsMin && other.ArabicKey.StartsWith(forms.ArabicKey, StringComparison.Ordinal)) return SpellingLikeness.Begins;
        }
        if (latin && probe.SkeletonsMayMeet(forms.LatinKeyLetters, forms.LatinAlternativeLetters) && NameComparison.ShareKey(forms, other))
            return SpellingLikeness.Alike;
        if (MeetsAcrossScripts(probe)) return SpellingLikeness.AcrossScripts;
        if (other.IsCompound && (LaterWordBegins(other.Latin, forms.Latin) || LaterWordBegins(other.Arabic, forms.Arabic))) return SpellingLikeness.Part;
        if (forms.IsCompound && IsOneOfTyped(other)) return SpellingLikeness.Shorter;
        if (latin && LatinSlip(probe)) return SpellingLikeness.Slip;
        if (arabic && IsSlip(forms.ArabicKey, forms.ArabicKeyLetters, other.ArabicKey, probe.ArabicLetters, probe.ArabicLength)) return SpellingLikeness.Slip;
        return SpellingLikeness.Different;
    }

    private bool MeetsAcrossScripts(in SpellingProbe probe) =>
        (probe.LatinLength == 0 && probe.SkeletonsMayMeet(forms.LatinKeyLetters, forms.LatinAlternativeLetters)
            && NameComparison.AcrossScripts(probe.Spelling.Forms, forms))
        || (probe.ArabicLength == 0 && probe.SkeletonsMayMeet(forms.ArabicSkeletonLetters, forms.ArabicSkeletonLetters)
            && NameComparison.AcrossScripts(forms, probe.Spelling.Forms));

    private bool LatinSlip(in SpellingProbe probe) =>
        IsSlip(latinBare, latinLetters, probe.Spelling.LatinBare, probe.LatinLetters, probe.LatinLength)
        || IsSlip(forms.LatinKey, forms.LatinKeyLetters, probe.Spelling.Forms.LatinKey, probe.KeyLetters, probe.KeyLength);

    private static bool IsSlip(string a, ulong lettersOfA, string b, ulong lettersOfB, int lengthOfB) =>
        a.Length >= SlipMin && lengthOfB >= SlipMin && Math.Abs(a.Length - lengthOfB) <= 1
        && BitOperations.PopCount(lettersOfA ^ lettersOfB) <= 2 && Slips.AtMostOne(a, b);

    private bool IsOneOfTyped(NameForms other)
    {
        foreach (var word in words)
            if (word.Length >= PartMin && (word == other.Latin || word == other.Arabic)) return true;
        return false;
    }

    private static bool LaterWordBegins(string several, string typed)
    {
        if (typed.Length < PartMin) return false;
        for (var at = several.IndexOf(' ', StringComparison.Ordinal); at >= 0; at = several.IndexOf(' ', at + 1))
            if (several.AsSpan(at + 1).StartsWith(typed)) return true;
        return false;
    }
}
