using System.Collections.Frozen;

namespace Training.App.Modules.Access;

/// <summary>
/// Words that people everywhere make passwords of, digits and signs left out: the most frequent of published lists (from zxcvbn, MIT)
/// and those of this country and these programmes.
/// </summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> Words = new(Read);

    /// <summary>True when the letters are such a word.</summary>
    public static bool Contains(string letters) => Words.Value.Contains(letters);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
    }
}
