using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Training.App.Platform.Gateways;

/// <summary>
/// Posts to addresses that people from outside have named. The machine is looked up when it is spoken to, and what was checked is what is
/// connected to, so that a name that changes its meaning in between gains nothing. Nothing is followed, and of an answer the status alone
/// is read.
/// </summary>
internal sealed class OutsideSender : IDisposable
{
    /// <summary>The address leads into an internal network.</summary>
    public const string Internal = "address-internal";

    /// <summary>The name of the machine is not known.</summary>
    public const string Unknown = "address-unknown";

    /// <summary>How long a partner may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int HeadersMaxKilobytes = 16;

    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(5);

    private readonly OutsideOptions options;
    private readonly ResolveHost resolve;
    private readonly HttpClient client;

    public OutsideSender(OutsideOptions options, ResolveHost resolve)
    {
        (this.options, this.resolve) = (options, resolve);
        // Not of the factory, which logs addresses. No proxy, which would look the machine up by itself.
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectMax,
            MaxResponseHeadersLength = HeadersMaxKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Patience,
        };
    }

    /// <summary>Why an address cannot be one of a partner, as the stable code of a fault; null when it can.</summary>
    public async Task<string?> RefusalAsync(Uri address, CancellationToken cancellationToken)
    {
        if (Refusal(address) is { } refusal) return refusal;
        try
        {
            return Array.TrueForAll(await FindAsync(address.IdnHost, cancellationToken), options.Allows) ? null : "addressInternal";
        }
        catch (SocketException)
        {
            return "addressUnknown";
        }
    }

    /// <summary>Posts once; an expected failure is an outcome, never an exception. Not inside a database transaction.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="body">JSON.</param>
    /// <param name="headers">Headers of the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Accepted with the status as reason; refused when trying again is of no use now; failed otherwise.</returns>
    public async Task<Dispatch> PostAsync(
        Uri address, string body, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        if (Refusal(address) is not null) return Dispatch.Refused("address");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("User-Agent", "training-webhooks");
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var reason = string.Create(CultureInfo.InvariantCulture, $"http-{(int)response.StatusCode}");
            if (response.IsSuccessStatusCode) return new Dispatch(DispatchOutcome.Accepted, reason);
            return response.StatusCode == HttpStatusCode.Gone ? Dispatch.Refused(reason) : Dispatch.Failed(reason);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Dispatch.Failed("timeout");
        }
        catch (HttpRequestException fault)
        {
            return Dispatch.Failed(fault.GetBaseException() switch
            {
                InternalAddressException => Internal,
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => Unknown,
                System.Security.Authentication.AuthenticationException => "tls",
                TimeoutException => "timeout",
                _ => "unreachable",
            });
        }
    }

    public void Dispose() => client.Dispose();

    private string? Refusal(Uri address) =>
        address.Scheme != Uri.UriSchemeHttps && !(options.AllowHttp && address.Scheme == Uri.UriSchemeHttp) ? "addressNotHttps"
        : address.UserInfo.Length > 0 || address.Fragment.Length > 0 ? "addressNotPlain"
        : address.Port is < 1024 and not (443 or 80) ? "addressPort"
        : null;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await FindAsync(context.DnsEndPoint.Host, cancellationToken);
        // One internal address among others is a trap as well.
        if (!Array.TrueForAll(found, options.Allows)) throw new InternalAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancellationToken);
        return found.Length == 0 ? throw new SocketException((int)SocketError.HostNotFound) : found;
    }

    private sealed class InternalAddressException() : IOException("The address leads into an internal network.");
}
