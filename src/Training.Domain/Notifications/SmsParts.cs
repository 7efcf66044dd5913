namespace Training.Domain.Notifications;

/// <summary>
/// How many messages a text costs. In the alphabet of GSM 03.38 a message has 160 characters (153 where several are joined); one sign
/// outside of it, and every Arabic or Tifinagh letter is, makes all of them sixteen bits wide: 70, and 67 where several are joined.
/// </summary>
public static class SmsParts
{
    private const string Alphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Doubled = "^{}\\[~]|€";

    /// <summary>Number of parts; an empty text is one.</summary>
    public static int Of(string text)
    {
        var septets = 0;
        foreach (var sign in text)
        {
            if (Doubled.Contains(sign, StringComparison.Ordinal)) septets += 2;
            else if (Alphabet.Contains(sign, StringComparison.Ordinal)) septets++;
            else return Parts(text.Length, 70, 67);
        }
        return Parts(septets, 160, 153);
    }

    private static int Parts(int length, int alone, int joined) => length <= alone ? 1 : (length + joined - 1) / joined;
}
