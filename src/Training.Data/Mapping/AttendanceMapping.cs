using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Attendance;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.Data.Mapping;

internal sealed class AttendanceMapping : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<SessionModule>,
    IEntityTypeConfiguration<AttendanceMark>, IEntityTypeConfiguration<MarkReceipt>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.GroupId, row.Date });
        builder.HasOne<Group>().WithMany().HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.SiteId, row.Status, row.Date });
        builder.HasIndex(row => new { row.EditionId, row.Status, row.Date });
    }

    public void Configure(EntityTypeBuilder<SessionModule> builder)
    {
        builder.ToTable("SessionModules").HasKey(row => new { row.SessionId, row.ModuleId });
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<AttendanceMark> builder)
    {
        builder.ToTable("AttendanceMarks").HasKey(row => new { row.SessionId, row.EnrollmentId });
        builder.HasIndex(row => row.EnrollmentId);
        builder.HasOne<Session>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<MarkReceipt> builder)
    {
        // By session first: the receipts of one request lie together, and random ids do not scatter every commit over the whole table.
        builder.ToTable("MarkReceipts").HasKey(row => new { row.SessionId, row.MarkId });
        builder.Property(row => row.MarkId).HasConversion<byte[]>().HasMaxLength(16).IsFixedLength();
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }
}
