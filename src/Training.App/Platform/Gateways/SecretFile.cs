using Training.App.Platform.Configuration;

namespace Training.App.Platform.Gateways;

/// <summary>A secret that is given as a value or, better, in a file only the service may read.</summary>
internal static class SecretFile
{
    /// <summary>The value of <paramref name="key"/>, or the text of the file that <paramref name="key"/><c>File</c> names; null when neither is set.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public static string? Read(IConfiguration configuration, string key)
    {
        if (AppOptions.Text(configuration, $"{key}File") is not { } path) return AppOptions.Text(configuration, key);
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{key.Replace(":", "__", StringComparison.Ordinal)}File", "names a file that cannot be read.");
        }
    }
}
