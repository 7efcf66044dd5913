using Training.App.Platform.Configuration;

namespace Training.App.Platform.Gateways;

/// <summary>An SMS gateway that is asked over HTTP: the operator writes down the request, we fill it in.</summary>
/// <param name="Url">Address with placeholders.</param>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Headers">Headers of each request; secrets among them.</param>
/// <param name="Body">Body with placeholders; null for none.</param>
/// <param name="ContentType">How the body is written, and so how placeholders in it are escaped.</param>
/// <param name="AcceptedWhen">A text that the answer to an accepted message contains; null when the status alone tells.</param>
internal sealed record SmsOptions(
    string Url, HttpMethod Method, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Body, string ContentType, string? AcceptedWhen)
{
    /// <summary>What stands for the phone in E.164, its digits alone, its national form, the text and our name of the message.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["{to}", "{toDigits}", "{toNational}", "{text}", "{id}"];

    private const string JsonBody = """{"to":"{to}","text":"{text}"}""";

    /// <summary>Reads <c>Sms__…</c>; null when no gateway is named.</summary>
    /// <exception cref="ConfigurationException">A value cannot be used.</exception>
    public static SmsOptions? Read(IConfiguration configuration)
    {
        if (AppOptions.Text(configuration, "Sms:Url") is not { } url) return null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ConfigurationException("Sms__Url", "must be an address that starts with http:// or https://.");
        var method = new HttpMethod(AppOptions.OneOf(configuration, "Sms:Method", "POST", "GET", "PUT"));
        var type = AppOptions.OneOf(configuration, "Sms:ContentType", "application/json", "application/x-www-form-urlencoded", "text/plain");
        var body = method == HttpMethod.Get ? null : AppOptions.Text(configuration, "Sms:Body") ?? (type == "application/json" ? JsonBody : null);
        if (!Says(url, body, "{text}") || !(Says(url, body, "{to}") || Says(url, body, "{toDigits}") || Says(url, body, "{toNational}")))
            throw new ConfigurationException("Sms__Body", "or Sms__Url must contain {text} and one of {to}, {toDigits} or {toNational}.");
        return new SmsOptions(url, method, ReadHeaders(configuration), body, type, AppOptions.Text(configuration, "Sms:AcceptedWhen"));
    }

    private static bool Says(string url, string? body, string placeholder) =>
        url.Contains(placeholder, StringComparison.Ordinal) || body?.Contains(placeholder, StringComparison.Ordinal) == true;

    /// <summary>One <c>Name: value</c> a line, in <c>Sms__Headers</c> or in the file that <c>Sms__HeadersFile</c> names.</summary>
    private static KeyValuePair<string, string>[] ReadHeaders(IConfiguration configuration) =>
        [.. (SecretFile.Read(configuration, "Sms:Headers") ?? "")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
                ? KeyValuePair.Create(line[..colon].Trim(), line[(colon + 1)..].Trim())
                : throw new ConfigurationException("Sms__Headers", "must have one header a line, as Name: value."))];

    /// <summary>Without headers and address, which hold secrets: records are easily logged.</summary>
    public override string ToString() => $"{Method} {new Uri(Url).Host}";
}
