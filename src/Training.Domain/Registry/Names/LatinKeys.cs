namespace Training.Domain.Registry.Names;

/// <summary>Makes the words of a folded Latin name into skeletons: courtesy titles and articles cut, particles joined.</summary>
internal static class LatinKeys
{
    private const int MaxWord = 128;

    /// <summary>Writes one skeleton a word, a space between them, and returns the length.</summary>
    /// <param name="folded">What <see cref="LatinLetters.Fold"/> wrote.</param>
    /// <param name="target">As long as twice the folded text.</param>
    public static int WriteWords(ReadOnlySpan<char> folded, Span<char> target)
    {
        Span<char> joined = stackalloc char[MaxWord];
        var length = 0;
        var joinedLength = 0;
        var rest = folded;
        while (!rest.IsEmpty)
        {
            var space = rest.IndexOf(' ');
            var word = space < 0 ? rest : rest[..space];
            rest = space < 0 ? default : rest[(space + 1)..];
            var last = rest.IsEmpty;
            if (!last && IsTitle(word)) continue;
            if (!last && IsArticle(word) && !(joinedLength > 0 && joined[..joinedLength].SequenceEqual("abd"))) continue;
            if (joinedLength == 0) word = CutArticle(word);
            if (joinedLength + word.Length > joined.Length) return length;
            word.CopyTo(joined[joinedLength..]);
            joinedLength += word.Length;
            if (!last && JoinsNext(joined[..joinedLength])) continue;
            length = Append(joined[..joinedLength], target, length);
            joinedLength = 0;
        }
        return length;
    }

    /// <summary>True when the word begins with an l that may be a glued article before a vowel (Lamrini, Lalami).</summary>
    public static bool MayHideArticle(ReadOnlySpan<char> folded) =>
        folded.Length >= 5 && folded[0] == 'l' && folded[1] is 'a' or 'e' or 'o';

    private static int Append(Span<char> word, Span<char> target, int length)
    {
        if (length > 0) target[length++] = ' ';
        if (word.Length > 6 && word.StartsWith("abd"))
        {
            // Abdelrahmane and Abderrahmane: the article's l is not heard before these consonants.
            var article = word[3..].IndexOf('l') + 3;
            if (article is 3 or 4 && article + 1 < word.Length && word[article + 1] is 'r' or 's' or 't' or 'n' or 'z' or 'd')
            {
                word[(article + 1)..].CopyTo(word[article..]);
                word = word[..^1];
            }
        }
        return length + LatinSkeleton.Write(word, target[length..]);
    }

    private static bool IsTitle(ReadOnlySpan<char> word) => word is "moulay" or "mly" or "my" or "sidi" or "lalla" or "lala";

    /// <summary>True for the article, written apart, in any of its sounds.</summary>
    public static bool IsArticle(ReadOnlySpan<char> word) =>
        word is "el" or "al" or "l" or "es" or "et" or "en" or "er" or "ez" or "ed" or "ech" or "as" or "at" or "an" or "ar" or "az" or "ad" or "ach" or "esh" or "ash";

    private static bool JoinsNext(ReadOnlySpan<char> word) =>
        word is "ben" or "bin" or "ibn" or "bel" or "bou" or "bu" or "abou" or "abu" or "ait" or "ayt" or "ou" or "oulad" or "ouled"
            or "abd" or "abdel" or "abdul" or "abdal" or "abder" or "abdes" or "abden" or "abdou";

    private static ReadOnlySpan<char> CutArticle(ReadOnlySpan<char> word)
    {
        if (word.Length < 5) return word;
        var second = word[1];
        if (word[0] is 'e' or 'a' && second == 'l')
        {
            var rest = word[2..];
            // Before a vowel only where enough follows that the word is no name of its own (Elias, Alami).
            var cut = IsVowel(rest[0]) ? word[0] == 'e' && rest.Length >= 5 : rest.Length >= 4 || (rest.Length == 3 && word[0] == 'e' && rest[0] != 'h');
            return cut && rest[0] != 'l' ? rest : word;
        }
        if (word[0] == 'e')
        {
            if (second == word[2] && second is 't' or 's' or 'n' or 'r' or 'z' or 'd') return word[2..];
            if (second == 'c' && word[2] == 'h' && word.Length >= 6) return word[1..];
            return word;
        }
        // Lhoussaine, Lmrini, Lyoussi; not Lyna.
        if (word[0] == 'l' && second != 'l' && (!IsVowel(second) || (second == 'y' && word[2] is 'a' or 'o' or 'u'))) return word[1..];
        return word;
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'w' or 'y';
}
