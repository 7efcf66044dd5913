namespace Training.App.Platform.Http;

/// <summary>
/// The public face of an internal key: a prefix that says of what, and a permutation of the key in base 31. It hides counts and
/// order; it is not a secret, the scope filters guard the rows.
/// </summary>
internal static class OpaqueId
{
    private const string Symbols = "0123456789abcdefghjkmnpqrtvwxyz";
    private const int Length = 7;
    private const long Modulus = 27_512_614_111; // 31^7
    private const long Factor = 16_180_339_887; // not a multiple of 31, so the map is one to one
    private static readonly long Inverse = InverseOf(Factor);

    public static string Enrollment(int id) => Encode("e", id);

    public static string Session(int id) => Encode("s", id);

    public static string Import(int id) => Encode("i", id);

    public static string Group(int id) => Encode("g", id);

    public static string Account(int id) => Encode("a", id);

    public static int? ParseAccount(string? text) => Decode("a", text);

    public static string Schedule(int id) => Encode("c", id);

    public static string Move(int id) => Encode("h", id);

    public static int? ParseMove(string? text) => Decode("h", text);

    public static string Tournament(int id) => Encode("n", id);

    public static int? ParseTournament(string? text) => Decode("n", text);

    public static string Squad(int id) => Encode("q", id);

    public static int? ParseSquad(string? text) => Decode("q", text);

    public static string Notice(long id) => Encode("m", checked((int)id));

    public static int? ParseNotice(string? text) => Decode("m", text);

    public static string Report(int id) => Encode("r", id);

    public static int? ParseReport(string? text) => Decode("r", text);

    public static string Webhook(int id) => Encode("w", id);

    public static int? ParseWebhook(string? text) => Decode("w", text);

    public static string Delivery(long id) => Encode("y", checked((int)id));

    public static int? ParseDelivery(string? text) => Decode("y", text);

    public static string ReportSchedule(int id) => Encode("j", id);

    public static int? ParseReportSchedule(string? text) => Decode("j", text);

    public static string Transfer(int id) => Encode("t", id);

    public static int? ParseTransfer(string? text) => Decode("t", text);

    public static string RightsRequest(int id) => Encode("d", id);

    public static int? ParseRightsRequest(string? text) => Decode("d", text);

    public static string Correction(int id) => Encode("k", id);

    public static int? ParseCorrection(string? text) => Decode("k", text);

    public static int? ParseEnrollment(string? text) => Decode("e", text);

    public static int? ParseSession(string? text) => Decode("s", text);

    public static int? ParseImport(string? text) => Decode("i", text);

    public static int? ParseGroup(string? text) => Decode("g", text);

    private static string Encode(string prefix, int id)
    {
        var scrambled = (long)((Int128)id * Factor % Modulus);
        Span<char> symbols = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            symbols[i] = Symbols[(int)(scrambled % 31)];
            scrambled /= 31;
        }
        return string.Concat(prefix, "-", symbols);
    }

    private static int? Decode(string prefix, string? text)
    {
        if (text is null || text.Length != prefix.Length + 1 + Length) return null;
        if (!text.StartsWith(prefix, StringComparison.Ordinal) || text[prefix.Length] != '-') return null;
        long scrambled = 0;
        foreach (var symbol in text.AsSpan(prefix.Length + 1))
        {
            var digit = Symbols.IndexOf(symbol, StringComparison.Ordinal);
            if (digit < 0) return null;
            scrambled = scrambled * 31 + digit;
        }
        var id = (long)((Int128)scrambled * Inverse % Modulus);
        return id is > 0 and <= int.MaxValue ? (int)id : null;
    }

    private static long InverseOf(long factor)
    {
        // Extended Euclid over Int128, so that no product overflows.
        (Int128 r, Int128 nextR, Int128 t, Int128 nextT) = (Modulus, factor % Modulus, 0, 1);
        while (nextR != 0)
        {
            var quotient = r / nextR;
            (r, nextR) = (nextR, r - quotient * nextR);
            (t, nextT) = (nextT, t - quotient * nextT);
        }
        return (long)((t % Modulus + Modulus) % Modulus);
    }
}
