using System.Globalization;
using MassTransit;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform.Messaging;

namespace Training.App.Modules.Certificates;

/// <summary>
/// When a session closes its marks count, so it is judged whom they bring to a certificate. Marks themselves need no hearing: a
/// closed session takes none, and those of an open one do not count yet.
/// </summary>
internal sealed class AssessCompletion(CertificateIssuer issuer) : IConsumer<SessionClosed>, ICoalesce<SessionClosed>
{
    public string KeyOf(SessionClosed message) => message.SessionId.ToString(CultureInfo.InvariantCulture);

    public Task Consume(ConsumeContext<SessionClosed> context) =>
        issuer.AssessSessionAsync(context.Message.SessionId, context.CancellationToken);
}
