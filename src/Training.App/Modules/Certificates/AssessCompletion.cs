using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Messaging;
using Training.Domain.Attendance;

namespace Training.App.Modules.Certificates;

/// <summary>When a closed session's marks count, judges whom they bring to a certificate.</summary>
internal sealed class AssessCompletion(ReadDb db, CertificateIssuer issuer)
    : IConsumer<SessionClosed>, ICoalesce<SessionClosed>, IConsumer<AttendanceRecorded>, ICoalesce<AttendanceRecorded>
{
    public string KeyOf(SessionClosed message) => RoomOf(message.SessionId);

    public string KeyOf(AttendanceRecorded message) => RoomOf(message.SessionId);

    public Task Consume(ConsumeContext<SessionClosed> context) => AssessAsync(context.Message.SessionId, context.CancellationToken);

    public Task Consume(ConsumeContext<AttendanceRecorded> context) => AssessAsync(context.Message.SessionId, context.CancellationToken);

    private async Task AssessAsync(int sessionId, CancellationToken cancellationToken)
    {
        var closed = await db.Set<Session>().AnyAsync(row => row.Id == sessionId && row.Status == SessionStatus.Closed, cancellationToken);
        if (closed) await issuer.AssessSessionAsync(sessionId, cancellationToken);
    }

    private static string RoomOf(int sessionId) => sessionId.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
