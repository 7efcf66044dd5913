namespace Training.Domain.Webhooks;

/// <summary>What a partner's system can be told of. The names on the wire are in <see cref="WebhookEventNames"/>.</summary>
[Flags]
public enum WebhookEvents : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A child was enrolled: by form, API, list, or for another season.</summary>
    EnrollmentCreated = 1,

    /// <summary>The attendance of a session was closed; again under another version when it was opened in between.</summary>
    AttendanceClosed = 2,

    /// <summary>The document of a certificate is there; again when it was issued anew.</summary>
    CertificateIssued = 4,

    /// <summary>A certificate was revoked. One of participation that gives way to one of completion is not.</summary>
    CertificateRevoked = 8,

    /// <summary>All of them.</summary>
    All = EnrollmentCreated | AttendanceClosed | CertificateIssued | CertificateRevoked,
}

/// <summary>The public names of what is told; they never change.</summary>
public static class WebhookEventNames
{
    /// <summary>Each event with its name.</summary>
    public static IReadOnlyList<(WebhookEvents Event, string Name)> All { get; } =
    [
        (WebhookEvents.EnrollmentCreated, "enrollment.created"),
        (WebhookEvents.AttendanceClosed, "attendance.closed"),
        (WebhookEvents.CertificateIssued, "certificate.issued"),
        (WebhookEvents.CertificateRevoked, "certificate.revoked"),
    ];

    /// <summary>The name of one event.</summary>
    public static string Of(WebhookEvents one) => All.First(pair => pair.Event == one).Name;

    /// <summary>The names of several.</summary>
    public static IReadOnlyList<string> Split(WebhookEvents several) => [.. All.Where(pair => several.HasFlag(pair.Event)).Select(pair => pair.Name)];

    /// <summary>The event of a name; <see cref="WebhookEvents.None"/> for another word.</summary>
    public static WebhookEvents Find(string? name) => All.FirstOrDefault(pair => pair.Name == name?.Trim()).Event;
}
