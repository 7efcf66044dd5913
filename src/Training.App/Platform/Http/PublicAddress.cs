using System.Buffers.Text;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Http;

/// <summary>The address that is printed in QR codes and links.</summary>
internal sealed class PublicAddress(AppOptions options, IConfiguration configuration)
{
    private readonly string root = (options.PublicAddress?.AbsoluteUri ?? FirstOf(configuration["urls"])).TrimEnd('/');

    /// <summary>A path of ours as it is sent to a person.</summary>
    public string Of(string path) => root + path;

    /// <summary>Where anybody verifies a certificate.</summary>
    public string Verification(string code) => $"{root}/v/{code}";

    /// <summary>The same with a signed statement behind it, which a browser keeps to itself and the page checks without a network.</summary>
    public string Verification(string code, byte[] statement) => $"{Verification(code)}#{Base64Url.EncodeToString(statement)}";

    /// <summary>The official host, as it stands in a browser's address bar.</summary>
    public string Host => new Uri(root).Authority;

    /// <summary>Where a family comes in.</summary>
    public string FamilyDoor => $"{root}/family";

    /// <summary>A guardian's personal way in.</summary>
    public string PersonalLink(string token) => $"{root}/family/l/{token}";

    /// <summary>A listening address that names no host stands for this machine.</summary>
    private static string FirstOf(string? urls)
    {
        var first = (urls ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
            ?? "http://localhost:5080";
        foreach (var any in (ReadOnlySpan<string>)["//*", "//+", "//0.0.0.0", "//[::]"]) first = first.Replace(any, "//localhost", StringComparison.Ordinal);
        return first;
    }
}
