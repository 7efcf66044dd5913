using MailKit.Security;
using MimeKit;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Gateways;

/// <summary>The mail server.</summary>
internal sealed record MailOptions(
    string Host, int Port, SecureSocketOptions Security, string? User, string? Password, MailboxAddress From)
{
    private const int SubmissionPort = 587, TlsPort = 465, PlainPort = 25;

    /// <summary>Reads <c>Mail__…</c>; null when no server is named.</summary>
    /// <exception cref="ConfigurationException">A value cannot be used.</exception>
    public static MailOptions? Read(IConfiguration configuration)
    {
        if (AppOptions.Text(configuration, "Mail:Host") is not { } host) return null;
        // "None" is for a server on the same machine: it must be said, so that nothing is sent in the open by mistake.
        var security = AppOptions.OneOf(configuration, "Mail:Security", "StartTls", "Tls", "None");
        var from = AppOptions.Text(configuration, "Mail:From") is { } given && MailboxAddress.TryParse(given, out var parsed)
            ? parsed
            : throw new ConfigurationException("Mail__From", "must be the address mails are sent from when Mail__Host is set.");
        var user = AppOptions.Text(configuration, "Mail:User");
        var password = SecretFile.Read(configuration, "Mail:Password");
        if (user is not null && password is null) throw new ConfigurationException("Mail__Password", "or Mail__PasswordFile is required when Mail__User is set.");
        return security switch
        {
            "Tls" => Of(SecureSocketOptions.SslOnConnect, TlsPort),
            "None" => Of(SecureSocketOptions.None, PlainPort),
            _ => Of(SecureSocketOptions.StartTls, SubmissionPort),
        };

        MailOptions Of(SecureSocketOptions option, int port) =>
            new(host, AppOptions.Number(configuration, "Mail:Port") ?? port, option, user, password, from);
    }

    /// <summary>Without the password: records are easily logged.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
