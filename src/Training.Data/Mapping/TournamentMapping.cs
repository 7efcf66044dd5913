using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.Data.Mapping;

internal sealed class TournamentMapping : IEntityTypeConfiguration<Tournament>, IEntityTypeConfiguration<TournamentModule>,
    IEntityTypeConfiguration<Squad>, IEntityTypeConfiguration<SquadPlayer>, IEntityTypeConfiguration<MedicalCertificate>
{
    private const int CategoryNumbersMax = 40;

    public void Configure(EntityTypeBuilder<Tournament> builder)
    {
        builder.ToTable("Tournaments").Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Categories).Ignore(row => row.Days);
        builder.Property(row => row.Name).HasMaxLength(Tournament.NameMax);
        builder.Property(row => row.CategoryNumbers).HasMaxLength(CategoryNumbersMax);
        builder.Property(row => row.CancelReason).HasMaxLength(Domain.Attendance.SessionChange.ReasonMax);
        builder.Property(row => row.OpenedBy).HasMaxLength(AttendanceMapping.CallerMax);
        builder.HasIndex(row => new { row.RegionId, row.StartsOn });
        builder.HasOne<Site>().WithMany().HasForeignKey(row => row.HostSiteId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<TournamentModule> builder)
    {
        builder.ToTable("TournamentModules").HasKey(row => new { row.TournamentId, row.ModuleId });
        builder.HasOne<Tournament>().WithMany().HasForeignKey(row => row.TournamentId).OnDelete(DeleteBehavior.Restrict);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<Squad> builder)
    {
        builder.ToTable("Squads").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ProposedBy).HasMaxLength(AttendanceMapping.CallerMax);
        // A club has one squad in a category, however often the button is pressed.
        builder.HasIndex(row => new { row.TournamentId, row.SiteId, row.Category }).IsUnique();
        builder.HasOne<Tournament>().WithMany().HasForeignKey(row => row.TournamentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Group>().WithMany().HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SquadPlayer> builder)
    {
        builder.ToTable("SquadPlayers").HasKey(row => new { row.SquadId, row.EnrollmentId });
        builder.Property(row => row.AddedBy).HasMaxLength(AttendanceMapping.CallerMax);
        builder.Property(row => row.ExceptionBy).HasMaxLength(AttendanceMapping.CallerMax);
        builder.Property(row => row.ExceptionReason).HasMaxLength(SquadPlayer.ReasonMax);
        // A child plays in one squad of a tournament; the enrollment first, since the child is what one looks for at the door.
        builder.HasIndex(row => new { row.EnrollmentId, row.TournamentId }).IsUnique();
        builder.HasIndex(row => row.TournamentId);
        builder.HasOne<Squad>().WithMany().HasForeignKey(row => row.SquadId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<MedicalCertificate> builder)
    {
        builder.ToTable("MedicalCertificates").HasKey(row => row.EnrollmentId);
        builder.Property(row => row.EnrollmentId).ValueGeneratedNever();
        builder.Property(row => row.SeenBy).HasMaxLength(AttendanceMapping.CallerMax);
        builder.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
