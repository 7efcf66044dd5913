using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Training.Data.Sealing;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.Data.Mapping;

/// <summary>
/// Which words are encrypted at rest, in one place: what people write freely about a child or a day, and nobody searches, sorts or
/// compares. A test finds every free text and fails when it is neither here nor among those that are searched.
/// </summary>
public static class SealedFields
{
    internal static void Apply(ModelBuilder model, bool onServer)
    {
        Seal<Participant>(row => row.Note);
        Seal<FileReading>(row => row.Reason);
        Seal<FileCorrection>(row => row.Changes);
        Seal<FileCorrection>(row => row.Reason);
        Seal<FileCorrection>(row => row.Answer);
        Seal<FileCorrection>(row => row.Note);
        Seal<DuplicatePair>(row => row.Note);
        Seal<Merge>(row => row.Why);
        Seal<Merge>(row => row.SeparatedWhy);
        Seal<EnrollmentChange>(row => row.Note);
        Seal<Transfer>(row => row.Reason);
        Seal<Import>(row => row.FileName);
        Seal<Session>(row => row.Note);
        Seal<SessionAdult>(row => row.Name);
        Seal<SessionChange>(row => row.Reason);
        Seal<HoursMove>(row => row.Reason);
        Seal<MarkChange>(row => row.Reason);
        Seal<HeldMark>(row => row.Reason);
        Seal<HeldMark>(row => row.DecisionReason);
        Seal<Tournament>(row => row.CancelReason);
        Seal<SquadPlayer>(row => row.ExceptionReason);
        Seal<CertificateRevision>(row => row.Reason);
        Seal<RightsRequest>(row => row.Words);
        Seal<RightsRequest>(row => row.Answer);

        void Seal<TEntity>(Expression<Func<TEntity, string?>> words)
            where TEntity : class
        {
            var entity = model.Entity<TEntity>();
            var property = entity.Property(words);
            property.HasConversion(new SealedConverter($"{entity.Metadata.GetTableName()}.{property.Metadata.Name}"));
            // Sealed words are longer than what people may type, which the domain bounds; SQLite counts no characters.
            if (onServer) property.HasMaxLength(-1);
        }
    }
}
