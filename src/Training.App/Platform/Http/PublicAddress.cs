using Training.App.Platform.Configuration;

namespace Training.App.Platform.Http;

/// <summary>The address that is printed in QR codes and links.</summary>
internal sealed class PublicAddress(AppOptions options, IConfiguration configuration)
{
    private readonly string root = (options.PublicAddress?.AbsoluteUri ?? FirstOf(configuration["urls"])).TrimEnd('/');

    /// <summary>Where anybody verifies a certificate.</summary>
    public string Verification(string code) => $"{root}/v/{code}";

    /// <summary>A listening address that names no host stands for this machine.</summary>
    private static string FirstOf(string? urls)
    {
        var first = (urls ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
            ?? "http://localhost:5080";
        foreach (var any in (ReadOnlySpan<string>)["//*", "//+", "//0.0.0.0", "//[::]"]) first = first.Replace(any, "//localhost", StringComparison.Ordinal);
        return first;
    }
}
