using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Training.App.Platform.Gateways;

/// <summary>Hands mails to the configured SMTP server, one connection a mail.</summary>
internal sealed class SmtpMailSender(MailOptions? options) : IMailSender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool IsConfigured => options is not null;

    public async Task<Dispatch> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        if (options is null) return Dispatch.NotConfigured;
        if (!MailboxAddress.TryParse(mail.To, out var to) || string.IsNullOrEmpty(to.Domain)) return Dispatch.Refused("mail-address");
        try
        {
            using var message = Write(options, mail, to);
            using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
            await client.ConnectAsync(options.Host, options.Port, options.Security, cancellationToken);
            if (options is { User: { } user, Password: { } password }) await client.AuthenticateAsync(user, password, cancellationToken);
            await client.SendAsync(message, cancellationToken);
            // The mail is the server's now: what goes wrong with the farewell must not send it again.
            await SayGoodbyeAsync(client, cancellationToken);
            return Dispatch.Accepted;
        }
        catch (SmtpCommandException answer)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"smtp-{(int)answer.StatusCode}");
            return (int)answer.StatusCode >= 500 ? Dispatch.Refused(reason) : Dispatch.Failed(reason);
        }
        // A wrong password is the operator's to mend: the mail is right and waits.
        catch (AuthenticationException)
        {
            return Dispatch.Failed("smtp-sign-in");
        }
        catch (Exception fault) when (fault is SocketException or IOException or SslHandshakeException or ProtocolException or TimeoutException or NotSupportedException)
        {
            return Dispatch.Failed("smtp-unreachable");
        }
    }

    private static MimeMessage Write(MailOptions options, Mail mail, MailboxAddress to)
    {
        var message = new MimeMessage();
        message.From.Add(options.From);
        message.To.Add(to);
        message.Subject = mail.Subject.ReplaceLineEndings(" ");
        // Written by a machine: no automatic answer is wanted (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (mail.Language is { } language) message.Headers.Add(HeaderId.ContentLanguage, language);
        var body = new BodyBuilder { TextBody = mail.Text };
        foreach (var file in mail.Files) body.Attachments.Add(file.Name, file.Content.ToArray(), ContentType.Parse(file.ContentType));
        message.Body = body.ToMessageBody();
        return message;
    }

    private static async Task SayGoodbyeAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception fault) when (fault is SocketException or IOException or ProtocolException or CommandException)
        {
            // The server hung up first.
        }
    }
}
