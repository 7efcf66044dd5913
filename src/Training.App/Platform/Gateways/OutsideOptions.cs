using System.Net;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Gateways;

/// <summary>What addresses that partners name may be, beyond https on the internet.</summary>
/// <param name="AllowHttp">True to send in the open too: for a trial.</param>
/// <param name="Networks">Internal networks that may be spoken to none the less, such as a ministry's own.</param>
internal sealed record OutsideOptions(bool AllowHttp, IReadOnlyList<IPNetwork> Networks)
{
    /// <summary>Reads <c>Webhooks__…</c>.</summary>
    /// <exception cref="ConfigurationException">A value cannot be used.</exception>
    public static OutsideOptions Read(IConfiguration configuration)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in (AppOptions.Text(configuration, "Webhooks:Networks") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            networks.Add(IPNetwork.TryParse(text, out var network)
                ? network
                : throw new ConfigurationException("Webhooks__Networks", "must be networks such as 10.20.0.0/16, with a space between them."));
        }
        return new OutsideOptions(AppOptions.OneOf(configuration, "Webhooks:AllowHttp", "false", "true") == "true", networks);
    }

    /// <summary>True when a machine at this address may be spoken to.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !InternalNetworks.Contain(address) || Networks.Any(network => network.Contains(plain));
    }
}

/// <summary>Asks for the addresses of a host; tests put their own in.</summary>
/// <param name="host">Name or address.</param>
/// <param name="cancellationToken">Gives up.</param>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);
