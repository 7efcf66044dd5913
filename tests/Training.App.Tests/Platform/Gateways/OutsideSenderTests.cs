using System.Net;
using System.Net.Sockets;
using System.Text;
using Training.App.Platform.Gateways;

namespace Training.App.Tests.Platform.Gateways;

/// <summary>Where people from outside may have us speak to, and what a partner's answer may cost.</summary>
[TestFixture]
internal sealed class OutsideSenderTests
{
    private static readonly OutsideOptions Loopback = new(true, [IPNetwork.Parse("127.0.0.0/8")]);

    [TestCase("127.0.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("10.1.2.3")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.168.1.1")]
    [TestCase("169.254.169.254")]
    [TestCase("100.64.0.1")]
    [TestCase("224.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("fe80::1")]
    [TestCase("fc00::1")]
    [TestCase("fd12:3456::1")]
    [TestCase("ff02::1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::127.0.0.1")]
    [TestCase("64:ff9b::7f00:1")]
    [TestCase("2002:7f00:1::1")]
    [TestCase("2001:db8::1")]
    public void An_address_inside_is_no_partner(string address) => Assert.That(InternalNetworks.Contain(IPAddress.Parse(address)), Is.True);

    [TestCase("93.184.215.14")]
    [TestCase("172.32.0.1")]
    [TestCase("100.128.0.1")]
    [TestCase("2606:2800:21f::1")]
    [TestCase("::ffff:93.184.215.14")]
    public void A_machine_of_the_internet_is(string address) => Assert.That(InternalNetworks.Contain(IPAddress.Parse(address)), Is.False);

    [TestCase("http://93.184.215.14/", "addressNotHttps")]
    [TestCase("ftp://93.184.215.14/", "addressNotHttps")]
    [TestCase("https://user@93.184.215.14/", "addressNotPlain")]
    [TestCase("https://93.184.215.14:25/", "addressPort")]
    [TestCase("https://127.0.0.1/", "addressInternal")]
    [TestCase("https://2130706433/", "addressInternal")]
    [TestCase("https://0x7f.1/", "addressInternal")]
    [TestCase("https://[::ffff:127.0.0.1]/", "addressInternal")]
    [TestCase("https://localhost/", "addressInternal")]
    [TestCase("https://mixed.example/", "addressInternal")]
    [TestCase("https://nowhere.example/", "addressUnknown")]
    [TestCase("https://partner.example/x?y=1", null)]
    [TestCase("https://93.184.215.14:8443/", null)]
    public async Task An_address_is_looked_at_when_it_is_named(string address, string? refusal)
    {
        using var sender = new OutsideSender(new OutsideOptions(false, []), ResolveAsync);

        Assert.That(await sender.RefusalAsync(new Uri(address), CancellationToken.None), Is.EqualTo(refusal));
    }

    [Test]
    public async Task A_name_that_changes_its_meaning_leads_nowhere()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var calls = 0;
        using var sender = new OutsideSender(
            new OutsideOptions(true, []), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(calls++ == 0 ? "93.184.215.14" : "127.0.0.1")]));
        var address = new Uri($"http://partner.example:{new Uri(receiver.Address).Port}/");
        Assert.That(await sender.RefusalAsync(address, CancellationToken.None), Is.Null);

        var dispatch = await sender.PostAsync(address, "{}", [], CancellationToken.None);

        Assert.That((dispatch.Outcome, dispatch.Reason), Is.EqualTo((DispatchOutcome.Failed, OutsideSender.Internal)));
        Assert.That(receiver.Requests, Is.Empty);
    }

    [TestCase(302, DispatchOutcome.Failed, "http-302")]
    [TestCase(500, DispatchOutcome.Failed, "http-500")]
    [TestCase(410, DispatchOutcome.Refused, "http-410")]
    [TestCase(204, DispatchOutcome.Accepted, "http-204")]
    public async Task The_status_alone_counts_and_nothing_is_followed(int status, DispatchOutcome outcome, string reason)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        (receiver.Status, receiver.Answer) = (status, "");
        using var sender = new OutsideSender(Loopback, ResolveAsync);

        var dispatch = await sender.PostAsync(new Uri(receiver.Address), "{}", [], CancellationToken.None);

        Assert.That((dispatch.Outcome, dispatch.Reason, receiver.Requests.Count), Is.EqualTo((outcome, reason, 1)));
    }

    [Test]
    public async Task A_huge_answer_is_not_read()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var pouring = PourAsync(listener, 50_000_000);

        DispatchOutcome outcome;
        using (var sender = new OutsideSender(Loopback, ResolveAsync))
        {
            var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
            outcome = (await sender.PostAsync(address, "{}", [], CancellationToken.None)).Outcome;
        }

        Assert.That(outcome, Is.EqualTo(DispatchOutcome.Accepted));
        Assert.That(await pouring, Is.LessThan(25_000_000), "what the system holds for a connection, and no more");
    }

    /// <summary>Answers one request with so many bytes, until nobody takes them any more; tells how many were taken.</summary>
    private static async Task<int> PourAsync(TcpListener listener, int bytes)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var (stream, part, sent) = (client.GetStream(), new byte[64 * 1024], 0);
        try
        {
            _ = await stream.ReadAsync(part);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n"));
            for (; sent < bytes; sent += part.Length) await stream.WriteAsync(part);
        }
        catch (IOException)
        {
            // The other side has closed.
        }
        return sent;
    }

    [Test]
    public async Task Who_does_not_answer_is_left_after_ten_seconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var sender = new OutsideSender(Loopback, ResolveAsync);

        var dispatch = await sender.PostAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/"), "{}", [], CancellationToken.None);

        Assert.That((dispatch.Outcome, dispatch.Reason), Is.EqualTo((DispatchOutcome.Failed, "timeout")));
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => host switch
    {
        "localhost" => Dns.GetHostAddressesAsync(host, cancellationToken),
        "partner.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14")]),
        "mixed.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.0.0.1")]),
        _ => throw new SocketException((int)SocketError.HostNotFound),
    };
}
