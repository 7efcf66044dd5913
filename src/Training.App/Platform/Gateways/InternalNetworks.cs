using System.Net;
using System.Net.Sockets;

namespace Training.App.Platform.Gateways;

/// <summary>
/// Addresses that nobody from outside may have us speak to: our own machine, private and shared networks, and what is no single
/// machine of the internet (IANA special-purpose registries for IPv4 and IPv6).
/// </summary>
internal static class InternalNetworks
{
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>The internet of today; whatever lies outside it is not for partners.</summary>
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Closed6 =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    /// <summary>The prefix by which a network without IPv4 reaches IPv4: what counts is the address within.</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>True for an address that is not a machine of the internet.</summary>
    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        else if (address.AddressFamily == AddressFamily.InterNetworkV6 && Translated.Contains(address))
            address = new IPAddress(address.GetAddressBytes()[12..]);
        if (address.AddressFamily == AddressFamily.InterNetwork) return Array.Exists(Closed, network => network.Contains(address));
        return address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0 || !Global6.Contains(address)
            || Array.Exists(Closed6, network => network.Contains(address));
    }
}
