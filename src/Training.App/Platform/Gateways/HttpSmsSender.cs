using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Training.App.Platform.Gateways;

/// <summary>Asks the configured HTTP gateway to send a short message.</summary>
internal sealed class HttpSmsSender(SmsOptions? options) : ISmsSender, IDisposable
{
    private const int AnswerMax = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Not of the factory, which logs addresses: a gateway may want the phone in it. Not redirected: the text is for one host.</summary>
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = AnswerMax,
    };

    public bool IsConfigured => options is not null;

    public async Task<Dispatch> SendAsync(Sms sms, CancellationToken cancellationToken)
    {
        if (options is null) return Dispatch.NotConfigured;
        try
        {
            using var request = Write(options, sms);
            using var response = await client.SendAsync(request, cancellationToken);
            var reason = string.Create(CultureInfo.InvariantCulture, $"http-{(int)response.StatusCode}");
            if (response.IsSuccessStatusCode)
            {
                var taken = options.AcceptedWhen is not { } sign
                    || (await response.Content.ReadAsStringAsync(cancellationToken)).Contains(sign, StringComparison.Ordinal);
                return taken ? Dispatch.Accepted : Dispatch.Refused("answer");
            }
            return IsPassing(response.StatusCode) ? Dispatch.Failed(reason) : Dispatch.Refused(reason);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Dispatch.Failed("http-timeout");
        }
        catch (HttpRequestException)
        {
            return Dispatch.Failed("http-unreachable");
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>A wrong key is the operator's to mend: the message is right and waits.</summary>
    private static bool IsPassing(HttpStatusCode status) => (int)status >= 500
        || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            or HttpStatusCode.ProxyAuthenticationRequired;

    private static HttpRequestMessage Write(SmsOptions options, Sms sms)
    {
        var request = new HttpRequestMessage(options.Method, Fill(options.Url, sms, Uri.EscapeDataString));
        if (options.Body is { } body)
        {
            Func<string, string> escape = options.ContentType switch
            {
                "application/json" => text => JsonEncodedText.Encode(text).ToString(),
                "application/x-www-form-urlencoded" => Uri.EscapeDataString,
                _ => text => text,
            };
            request.Content = new StringContent(Fill(body, sms, escape), Encoding.UTF8, options.ContentType);
        }
        foreach (var (name, value) in options.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>Puts the values in, in one pass: a text that itself contains a placeholder stays as it is.</summary>
    private static string Fill(string template, Sms sms, Func<string, string> escape)
    {
        var filled = new StringBuilder();
        for (var i = 0; i < template.Length;)
        {
            var placeholder = SmsOptions.Placeholders.FirstOrDefault(one => string.CompareOrdinal(template, i, one, 0, one.Length) == 0);
            if (placeholder is null)
            {
                filled.Append(template[i++]);
                continue;
            }
            filled.Append(escape(Value(placeholder, sms)));
            i += placeholder.Length;
        }
        return filled.ToString();
    }

    private static string Value(string placeholder, Sms sms) => placeholder switch
    {
        "{to}" => sms.Phone,
        "{toDigits}" => sms.Phone.TrimStart('+'),
        "{toNational}" => sms.Phone.StartsWith("+212", StringComparison.Ordinal) ? $"0{sms.Phone[4..]}" : sms.Phone,
        "{text}" => sms.Text,
        _ => sms.Id,
    };
}
