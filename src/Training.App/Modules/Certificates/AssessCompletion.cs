using System.Globalization;
using MassTransit;
using Training.App.Modules.Attendance.Messages;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform;
using Training.App.Platform.Messaging;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Certificates;

/// <summary>
/// When a session closes its marks count, so it is judged whom they bring to a certificate; so when a mark of a closed one is
/// corrected. Marks themselves need no hearing: those of an open session do not count yet. What no longer carries a certificate is
/// brought before people.
/// </summary>
internal sealed class AssessCompletion(CertificateIssuer issuer, CertificateDoubts doubts)
    : IConsumer<SessionClosed>, IConsumer<AttendanceCorrected>, ICoalesce<SessionClosed>, ICoalesce<AttendanceCorrected>
{
    public string KeyOf(SessionClosed message) => message.SessionId.ToString(CultureInfo.InvariantCulture);

    public string KeyOf(AttendanceCorrected message) => message.SessionId.ToString(CultureInfo.InvariantCulture);

    public Task Consume(ConsumeContext<AttendanceCorrected> context) => JudgeAsync(context.Message.SessionId, context.CancellationToken);

    public Task Consume(ConsumeContext<SessionClosed> context) => JudgeAsync(context.Message.SessionId, context.CancellationToken);

    private async Task JudgeAsync(int sessionId, CancellationToken cancellationToken)
    {
        await issuer.AssessSessionAsync(sessionId, cancellationToken);
        await doubts.ReviewSessionAsync(sessionId, cancellationToken);
    }
}

/// <summary>A consent recorded late, or a place got, may be all that a certificate waited for.</summary>
internal sealed class AssessChanged(CertificateIssuer issuer, ReadDb db) : IConsumer<EnrollmentChanged>
{
    public Task Consume(ConsumeContext<EnrollmentChanged> context)
    {
        var id = context.Message.EnrollmentId;
        return issuer.AssessAsync(db.Set<Enrollment>().Where(row => row.Id == id), context.CancellationToken);
    }
}
