using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Training.App.Platform.Configuration;
using Training.App.Platform.Gateways;

namespace Training.App.Tests.Platform.Gateways;

internal sealed class SmtpMailSenderTests
{
    private static readonly Mail Invitation = new("amina@example.test", "دعوة – Invitation", "مرحبا Amina,\nvoici le lien.") { Language = "ar-MA" };

    [Test]
    public async Task Hands_a_mail_over_with_both_scripts_and_a_file()
    {
        await using var server = new SmtpReceiver();
        var sent = await Sender(server.Port).SendAsync(
            Invitation with { Files = [new MailFile("rapport.csv", "text/csv", "a;b"u8.ToArray())] }, CancellationToken.None);
        Assert.That(sent, Is.EqualTo(Dispatch.Accepted));
        Assert.That(server.Messages.TryDequeue(out var raw), Is.True);
        using var message = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(raw!)));
        Assert.That(message.Subject, Is.EqualTo(Invitation.Subject));
        Assert.That(message.TextBody!.ReplaceLineEndings("\n").TrimEnd(), Is.EqualTo(Invitation.Text));
        Assert.That(message.From.Mailboxes.Single().Address, Is.EqualTo("no-reply@example.test"));
        Assert.That(message.Headers["Auto-Submitted"], Is.EqualTo("auto-generated"));
        Assert.That(message.Attachments.Single()!.ContentDisposition!.FileName, Is.EqualTo("rapport.csv"));
    }

    [Test]
    public async Task Lets_no_line_break_in_a_subject_add_a_header()
    {
        await using var server = new SmtpReceiver();
        await Sender(server.Port).SendAsync(Invitation with { Subject = "Hello\r\nBcc: other@example.test" }, CancellationToken.None);
        Assert.That(server.Messages.TryDequeue(out var raw), Is.True);
        using var message = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(raw!)));
        Assert.That(message.Bcc, Is.Empty);
        Assert.That(message.Subject, Does.StartWith("Hello"));
    }

    [TestCase("550 no such user", DispatchOutcome.Refused, "smtp-550")]
    [TestCase("451 later", DispatchOutcome.Failed, "smtp-451")]
    public async Task Says_whether_a_refusal_is_for_good(string answer, DispatchOutcome outcome, string reason)
    {
        await using var server = new SmtpReceiver { RecipientAnswer = answer };
        Assert.That(await Sender(server.Port).SendAsync(Invitation, CancellationToken.None), Is.EqualTo(new Dispatch(outcome, reason)));
        Assert.That(server.Messages, Is.Empty);
    }

    [Test]
    public async Task Signs_in_and_waits_for_the_operator_when_the_password_is_wrong()
    {
        await using var server = new SmtpReceiver();
        Assert.That(await Sender(server.Port, ("Mail:User", "training"), ("Mail:Password", "right")).SendAsync(Invitation, CancellationToken.None), Is.EqualTo(Dispatch.Accepted));
        var wrong = await Sender(server.Port, ("Mail:User", "training"), ("Mail:Password", "wrong")).SendAsync(Invitation, CancellationToken.None);
        Assert.That(wrong, Is.EqualTo(Dispatch.Failed("smtp-sign-in")));
        Assert.That(server.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Does_not_call_a_mail_failed_that_was_taken_before_the_server_hung_up()
    {
        await using var server = new SmtpReceiver { HangsUp = true };
        Assert.That(await Sender(server.Port).SendAsync(Invitation, CancellationToken.None), Is.EqualTo(Dispatch.Accepted));
        Assert.That(server.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Answers_with_a_failure_when_nobody_listens_or_the_server_cannot_encrypt()
    {
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        silent.Stop();
        Assert.That(await Sender(port).SendAsync(Invitation, CancellationToken.None), Is.EqualTo(Dispatch.Failed("smtp-unreachable")));
        await using var plain = new SmtpReceiver();
        Assert.That(await Sender(plain.Port, ("Mail:Security", "StartTls")).SendAsync(Invitation, CancellationToken.None), Is.EqualTo(Dispatch.Failed("smtp-unreachable")));
        Assert.That(plain.Messages, Is.Empty, "nothing goes out in the open unless it was said");
    }

    [Test]
    public async Task Says_that_no_server_is_configured()
    {
        var sender = new SmtpMailSender(null);
        Assert.That(sender.IsConfigured, Is.False);
        Assert.That(await sender.SendAsync(Invitation, CancellationToken.None), Is.EqualTo(Dispatch.NotConfigured));
    }

    [Test]
    public async Task Refuses_what_is_no_address()
    {
        await using var server = new SmtpReceiver();
        Assert.That((await Sender(server.Port).SendAsync(Invitation with { To = "nobody" }, CancellationToken.None)).Outcome, Is.EqualTo(DispatchOutcome.Refused));
    }

    [Test]
    public void Stops_the_start_by_one_sentence_that_names_the_variable()
    {
        Assert.That(() => Options(("Mail:From", null)), Throws.TypeOf<ConfigurationException>().With.Message.StartsWith("Mail__From "));
        Assert.That(() => Options(("Mail:User", "training")), Throws.TypeOf<ConfigurationException>().With.Message.StartsWith("Mail__Password "));
        Assert.That(() => Options(("Mail:PasswordFile", "/nowhere")), Throws.TypeOf<ConfigurationException>().With.Message.StartsWith("Mail__PasswordFile "));
        Assert.That(Options(("Mail:User", "training"), ("Mail:Password", "s3cret"))!.ToString(), Does.Not.Contain("s3cret"));
    }

    private static SmtpMailSender Sender(int port, params (string, string?)[] more) => new(Options([("Mail:Port", $"{port}"), .. more]));

    private static MailOptions? Options(params IEnumerable<(string Name, string? Value)> more)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Security"] = "None",
            ["Mail:From"] = "Programme <no-reply@example.test>",
        };
        foreach (var (name, value) in more) settings[name] = value;
        return MailOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }
}
