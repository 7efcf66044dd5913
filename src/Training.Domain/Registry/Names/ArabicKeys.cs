namespace Training.Domain.Registry.Names;

/// <summary>Makes the words of a folded Arabic name comparable: article cut, particles joined; and their Latin skeleton.</summary>
internal static class ArabicKeys
{
    private const int MaxWord = 128;

    /// <summary>Writes one key a word, a space between them, and returns the length.</summary>
    /// <param name="folded">What <see cref="ArabicLetters.Fold"/> wrote.</param>
    /// <param name="target">As long as the folded text.</param>
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
            if (!last && word is "مولاي" or "سيدي" or "لالة" or "لاله" or "للا") continue;
            if (!joined[..joinedLength].SequenceEqual("عبد")) word = CutArticle(word);
            if (joinedLength + word.Length > joined.Length) return length;
            word.CopyTo(joined[joinedLength..]);
            joinedLength += word.Length;
            if (!last && joined[..joinedLength] is "عبد" or "بن" or "ابن" or "بل" or "بو" or "ابو" or "ايت" or "او" or "اولاد") continue;
            length = Append(joined[..joinedLength], target, length);
            joinedLength = 0;
        }
        return length;
    }

    /// <summary>Writes the skeleton of one key word in the alphabet of <see cref="LatinSkeleton"/>; never longer than the word and two more.</summary>
    public static int WriteSkeleton(ReadOnlySpan<char> word, Span<char> target)
    {
        if (word is "حسين" or "لحسين")
        {
            LatinSkeleton.Hussein.CopyTo(target);
            return LatinSkeleton.Hussein.Length;
        }
        // لحسن is written Lahcen, العبد القادر like Abdelkader; the article's l is not heard before sun letters.
        var skip = -1;
        if (word.Length > 6 && word.StartsWith("عبدال") && "رسصتطنزدذضظشث".Contains(word[5])) skip = 4;
        var length = 0;
        var previous = '\0';
        for (var i = 0; i < word.Length; i++)
        {
            if (i == skip) continue;
            var symbol = word[i] switch
            {
                'ب' => 'b',
                'ت' or 'ث' or 'ط' => 't',
                'ج' => 'j',
                'خ' or 'ق' or 'ك' => 'k',
                'د' or 'ذ' or 'ض' or 'ظ' => 'd',
                'ر' or 'غ' => 'r',
                'ز' => 'z',
                'س' or 'ص' => 's',
                'ش' => 'c',
                'ف' => 'f',
                'ل' => 'l',
                'م' => 'm',
                'ن' => 'n',
                'ح' or 'ه' => 'h',
                _ => LatinSkeleton.InitialVowel,
            };
            if (symbol is 'h' or LatinSkeleton.InitialVowel)
            {
                if (i == 0) target[length++] = symbol;
                previous = '\0';
                continue;
            }
            // Two letters of one sound have a vowel between them that Arabic leaves out (الغربي, التطواني); Latin spellings
            // run only rgh together (Serghini).
            if (symbol != previous || (word[i] != word[i - 1] && word[i] != 'غ')) target[length++] = symbol;
            previous = symbol;
        }
        return length;
    }

    private static int Append(ReadOnlySpan<char> word, Span<char> target, int length)
    {
        if (length > 0) target[length++] = ' ';
        word.CopyTo(target[length..]);
        if (!word.EndsWith("رحمان")) return length + word.Length;
        target[length + word.Length - 2] = 'ن';
        return length + word.Length - 1;
    }

    private static ReadOnlySpan<char> CutArticle(ReadOnlySpan<char> word) =>
        word.Length >= 4 && word[0] == 'ا' && word[1] == 'ل' && word is not ("الله" or "الياس" or "الهام") ? word[2..] : word;
}
