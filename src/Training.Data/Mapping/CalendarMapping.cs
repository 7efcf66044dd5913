using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Attendance;

namespace Training.Data.Mapping;

internal sealed class CalendarMapping : IEntityTypeConfiguration<Schedule>, IEntityTypeConfiguration<HoursMove>, IEntityTypeConfiguration<Holiday>,
    IEntityTypeConfiguration<LegalTimeChange>, IEntityTypeConfiguration<CutOff>, IEntityTypeConfiguration<AttendanceSettings>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("Schedules").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.CreatedBy).HasMaxLength(AttendanceMapping.CallerMax);
        // The same schedule sent twice is the same schedule.
        builder.HasIndex(row => new { row.GroupId, row.From, row.To, row.Start, row.Weekdays }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<HoursMove> builder)
    {
        builder.ToTable("HoursMoves").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.By).HasMaxLength(AttendanceMapping.CallerMax);
        builder.Property(row => row.UndoneBy).HasMaxLength(AttendanceMapping.CallerMax);
        builder.Property(row => row.Reason).HasMaxLength(SessionChange.ReasonMax);
    }

    public void Configure(EntityTypeBuilder<Holiday> builder)
    {
        builder.ToTable("Holidays").HasKey(row => row.Date);
        builder.Property(row => row.NameFr).HasMaxLength(Holiday.NameMax);
        builder.Property(row => row.NameAr).HasMaxLength(Holiday.NameMax);
    }

    public void Configure(EntityTypeBuilder<LegalTimeChange> builder)
    {
        builder.ToTable("LegalTimeChanges").HasKey(row => row.Date);
        builder.Ignore(row => row.LocalAt);
    }

    public void Configure(EntityTypeBuilder<CutOff> builder) => builder.ToTable("CutOffs").HasKey(row => new { row.EditionId, row.Through });

    public void Configure(EntityTypeBuilder<AttendanceSettings> builder)
    {
        builder.ToTable("AttendanceSettings").HasKey(row => row.EditionId);
        builder.Property(row => row.EditionId).ValueGeneratedNever();
    }
}
