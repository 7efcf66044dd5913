namespace Training.Domain.Registry.Names;

/// <summary>The consonant skeleton of one word in Latin letters, as Moroccan names are spelled.</summary>
internal static class LatinSkeleton
{
    /// <summary>Stands for any vowel at the beginning.</summary>
    public const char InitialVowel = 'a';

    /// <summary>Hussein and his spellings; only his own vowels tell him from Hassan.</summary>
    public const string Hussein = "hsyn";

    /// <summary>Writes the skeleton of a folded word and returns its length; it is never longer than twice the word.</summary>
    public static int Write(ReadOnlySpan<char> word, Span<char> target)
    {
        word = Canonical(word);
        if (IsHussein(word))
        {
            Hussein.CopyTo(target);
            return Hussein.Length;
        }
        var length = 0;
        var lastWasConsonant = '\0';
        for (var i = 0; i < word.Length; i++)
        {
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            char symbol;
            switch (word[i])
            {
                case 'a' or 'e' or 'i' or 'o' or 'u' or 'w' or 'y':
                    if (length == 0) target[length++] = InitialVowel;
                    lastWasConsonant = '\0';
                    continue;
                case 'h':
                    // Silent or swallowed inside a word; kept at the beginning, where hardly anyone leaves it out.
                    if (i == 0) target[length++] = 'h';
                    lastWasConsonant = '\0';
                    continue;
                case 'c' when next == 'h':
                case 's' when next == 'h':
                    symbol = 'c';
                    i++;
                    break;
                case 'c':
                    symbol = IsFront(next) ? 's' : 'k';
                    break;
                case 'd' when next == 'j':
                    continue;
                case 'g' or 'r' when next == 'h':
                    symbol = 'r';
                    i++;
                    break;
                case 'k' when next == 'h':
                    symbol = 'k';
                    i++;
                    break;
                case 't' when next == 'h':
                    symbol = 't';
                    i++;
                    break;
                case 'd' when next == 'h':
                    symbol = 'd';
                    i++;
                    break;
                case 'g':
                    symbol = IsFront(next) ? 'j' : 'k';
                    break;
                case 'p' when next == 'h':
                    symbol = 'f';
                    i++;
                    break;
                case 'q':
                    symbol = 'k';
                    break;
                case 'p':
                    symbol = 'b';
                    break;
                case 'v':
                    symbol = 'f';
                    break;
                case 'x':
                    if (lastWasConsonant != 'k') target[length++] = 'k';
                    symbol = 's';
                    break;
                default:
                    symbol = word[i];
                    break;
            }
            if (symbol != lastWasConsonant) target[length++] = symbol;
            lastWasConsonant = symbol;
        }
        return length;
    }

    private static bool IsFront(char c) => c is 'e' or 'i' or 'y';

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'w' or 'y';

    /// <summary>Abbreviations and spellings that no rule reaches.</summary>
    private static ReadOnlySpan<char> Canonical(ReadOnlySpan<char> word) => word switch
    {
        "med" or "mohd" or "md" or "mhd" => "mohamed",
        "fadma" or "fatna" or "fadima" => "fatima",
        "osman" or "ousman" or "ousmane" => "otman",
        "joussef" or "jousef" => "yousef",
        "jasmine" or "jasmin" => "yasmine",
        _ => word,
    };

    /// <summary>h, vowels, one s or c or two s, vowels with an i among them, n, perhaps a silent e.</summary>
    private static bool IsHussein(ReadOnlySpan<char> word)
    {
        if (word.Length < 4 || word[0] != 'h') return false;
        var i = 1;
        while (i < word.Length && IsVowel(word[i])) i++;
        var sibilants = 0;
        while (i < word.Length && word[i] is 's' or 'c')
        {
            i++;
            if (++sibilants > 2) return false;
        }
        var front = false;
        while (i < word.Length && IsVowel(word[i])) front |= word[i++] is 'i' or 'y';
        return sibilants > 0 && front && i < word.Length && word[i] == 'n' && (i + 1 == word.Length || (i + 2 == word.Length && word[i + 1] == 'e'));
    }
}
