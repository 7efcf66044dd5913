namespace Training.App.Platform.Gateways;

/// <summary>Sends mail to adults of the programmes. Families have no mail address; they are written to by <see cref="ISmsSender"/>.</summary>
internal interface IMailSender
{
    /// <summary>False when no mail server is configured: say so on the page and hand the message over in another way.</summary>
    bool IsConfigured { get; }

    /// <summary>
    /// Hands a message to the mail server; an expected failure is an outcome, never an exception. It is tried once: who must be sure
    /// tries again on <see cref="DispatchOutcome.Failed"/>. Not inside a database transaction.
    /// </summary>
    Task<Dispatch> SendAsync(Mail mail, CancellationToken cancellationToken);
}

/// <summary>A message of plain text.</summary>
/// <param name="To">One address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The text, in the reader's language.</param>
internal sealed record Mail(string To, string Subject, string Text)
{
    /// <summary>The culture of the text, such as <c>ar-MA</c>; null when it does not matter.</summary>
    public string? Language { get; init; }

    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<MailFile> Files { get; init; } = [];
}

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">File name.</param>
/// <param name="ContentType">Such as <c>application/pdf</c>.</param>
/// <param name="Content">The bytes.</param>
internal sealed record MailFile(string Name, string ContentType, ReadOnlyMemory<byte> Content);
