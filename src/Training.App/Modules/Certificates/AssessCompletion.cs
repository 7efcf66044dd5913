using System.Globalization;
using MassTransit;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform.Messaging;

namespace Training.App.Modules.Certificates;

/// <summary>
/// When a session closes its marks count, so it is judged whom they bring to a certificate; so when a mark of a closed one is
/// corrected. Marks themselves need no hearing: those of an open session do not count yet.
/// </summary>
internal sealed class AssessCompletion(CertificateIssuer issuer)
    : IConsumer<SessionClosed>, IConsumer<AttendanceCorrected>, ICoalesce<SessionClosed>, ICoalesce<AttendanceCorrected>
{
    public string KeyOf(SessionClosed message) => message.SessionId.ToString(CultureInfo.InvariantCulture);

    public string KeyOf(AttendanceCorrected message) => message.SessionId.ToString(CultureInfo.InvariantCulture);

    public Task Consume(ConsumeContext<AttendanceCorrected> context) =>
        issuer.AssessSessionAsync(context.Message.SessionId, context.CancellationToken);

    public Task Consume(ConsumeContext<SessionClosed> context) =>
        issuer.AssessSessionAsync(context.Message.SessionId, context.CancellationToken);
}
