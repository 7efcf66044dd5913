using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.Data.Mapping;

internal sealed class AttendanceMapping : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<SessionModule>,
    IEntityTypeConfiguration<SessionAdult>, IEntityTypeConfiguration<SessionChange>, IEntityTypeConfiguration<AttendanceMark>,
    IEntityTypeConfiguration<MarkedGroup>, IEntityTypeConfiguration<MarkBatch>, IEntityTypeConfiguration<MarkChange>, IEntityTypeConfiguration<HeldMark>
{
    /// <summary>Longest name of a caller: <c>account:2147483647</c>.</summary>
    internal const int CallerMax = 60;

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions").Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Time);
        builder.Property(row => row.Note).HasMaxLength(PersonText.NoteMaxLength);
        builder.HasIndex(row => new { row.GroupId, row.Date, row.Start, row.Slot }).IsUnique();
        builder.HasOne<Group>().WithMany().HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.SiteId, row.Status, row.Date, row.EditionId });
        builder.HasIndex(row => new { row.EditionId, row.Status, row.Date });
        builder.HasIndex(row => row.ScheduleId);
        builder.HasIndex(row => row.SquadId);
        builder.HasOne<Squad>().WithMany().HasForeignKey(row => row.SquadId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SessionModule> builder)
    {
        builder.ToTable("SessionModules").HasKey(row => new { row.SessionId, row.ModuleId });
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<SessionAdult> builder)
    {
        builder.ToTable("SessionAdults").HasKey(row => new { row.SessionId, row.Position });
        builder.Property(row => row.Name).HasMaxLength(SessionAdult.NameMax);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<SessionChange> builder)
    {
        builder.ToTable("SessionChanges");
        builder.Ignore(row => row.Before).Ignore(row => row.After);
        builder.Property(row => row.By).HasMaxLength(CallerMax);
        builder.Property(row => row.Reason).HasMaxLength(SessionChange.ReasonMax);
        builder.HasIndex(row => row.SessionId);
        builder.HasIndex(row => row.MoveId);
        builder.HasOne<Session>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AttendanceMark> builder)
    {
        builder.ToTable("AttendanceMarks").HasKey(row => new { row.SessionId, row.EnrollmentId });
        builder.HasOne<Session>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<MarkedGroup> builder)
    {
        builder.ToTable("MarkedGroups").HasKey(row => new { row.GroupId, row.EnrollmentId });
        builder.HasIndex(row => row.EnrollmentId);
        builder.HasOne<Group>().WithMany().HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    /// <summary>With a row id, unlike the other tables here: batches are wide and come in the order of time, which fills one page after the other.</summary>
    public void Configure(EntityTypeBuilder<MarkBatch> builder)
    {
        builder.ToTable("MarkBatches").HasKey(row => new { row.SessionId, row.Number });
        builder.Property(row => row.By).HasMaxLength(CallerMax);
        builder.Property(row => row.Marks).HasMaxLength(int.MaxValue);
    }

    public void Configure(EntityTypeBuilder<MarkChange> builder)
    {
        builder.ToTable("MarkChanges").HasKey(row => new { row.SessionId, row.EnrollmentId, row.Version });
        builder.Property(row => row.By).HasMaxLength(CallerMax);
        builder.Property(row => row.DecidedBy).HasMaxLength(CallerMax);
        builder.Property(row => row.Reason).HasMaxLength(MarkChange.ReasonMax);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<HeldMark> builder)
    {
        builder.ToTable("HeldMarks").HasKey(row => new { row.SessionId, row.MarkId });
        builder.Property(row => row.MarkId).HasConversion<byte[]>().HasMaxLength(16).IsFixedLength();
        builder.Property(row => row.SentBy).HasMaxLength(CallerMax);
        builder.Property(row => row.DecidedBy).HasMaxLength(CallerMax);
        builder.Property(row => row.Reason).HasMaxLength(MarkChange.ReasonMax);
        builder.Property(row => row.DecisionReason).HasMaxLength(MarkChange.ReasonMax);
        builder.HasIndex(row => row.DecidedAt);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }
}
