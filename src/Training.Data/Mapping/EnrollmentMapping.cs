using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Mapping;

internal sealed class EnrollmentMapping : IEntityTypeConfiguration<Enrollment>, IEntityTypeConfiguration<Import>, IEntityTypeConfiguration<ImportDecision>,
    IEntityTypeConfiguration<ImportLayout>, IEntityTypeConfiguration<EnrollmentChange>, IEntityTypeConfiguration<Transfer>
{
    public void Configure(EntityTypeBuilder<Enrollment> builder)
    {
        builder.ToTable("Enrollments").Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.IsLive).Ignore(row => row.HoldsPlace).Ignore(row => row.IsOffered);
        builder.HasIndex(row => new { row.ParticipantId, row.EditionId, row.Slot }).IsUnique();
        builder.HasIndex(row => new { row.GroupId, row.Status });
        builder.HasOne<Participant>().WithMany().HasForeignKey(row => row.ParticipantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Group>().WithMany().HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.SiteId, row.EditionId, row.Status });
        // Asked by an undo alone; an enrollment by form or API costs nothing here.
        builder.HasIndex(row => row.ImportId).HasAnnotation(TableHints.IndexFilter, "\"ImportId\" IS NOT NULL");
        // Only the few youths who have an offer are in it; a registration pays nothing for it.
        builder.HasIndex(row => row.OfferExpiresAt).HasAnnotation(TableHints.IndexFilter, "\"OfferExpiresAt\" IS NOT NULL");
        builder.HasIndex(row => row.MergedIntoId).HasAnnotation(TableHints.IndexFilter, "\"MergedIntoId\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<EnrollmentChange> builder)
    {
        builder.ToTable("EnrollmentChanges").HasKey(row => new { row.EnrollmentId, row.Version });
        builder.Property(row => row.Reason).HasMaxLength(40);
        builder.Property(row => row.Note).HasMaxLength(EnrollmentChange.NoteMax);
        builder.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Transfer> builder)
    {
        builder.ToTable("Transfers").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Reason).HasMaxLength(EnrollmentChange.NoteMax);
        builder.HasIndex(row => new { row.EnrollmentId, row.Slot }).IsUnique();
        builder.HasIndex(row => new { row.FromSiteId, row.Slot });
        builder.HasIndex(row => new { row.ToSiteId, row.Slot });
        builder.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ImportDecision> builder)
    {
        builder.ToTable("ImportDecisions").HasKey(row => new { row.ImportId, row.Row });
        builder.Ignore(row => row.IsWaiting);
        builder.Property(row => row.DecidedBy).HasMaxLength(100);
        builder.HasOne<Import>().WithMany().HasForeignKey(row => row.ImportId).OnDelete(DeleteBehavior.Restrict);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<ImportLayout> builder)
    {
        builder.ToTable("ImportLayouts").HasKey(row => new { row.SiteId, row.Shape });
        builder.Property(row => row.Shape).HasMaxLength(ImportLayout.ShapeLength);
        builder.Property(row => row.Choice).HasMaxLength(20_000);
        builder.HasOne<Site>().WithMany().HasForeignKey(row => row.SiteId).OnDelete(DeleteBehavior.Restrict);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("Imports").Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Progress);
        builder.Property(row => row.FileName).HasMaxLength(200);
        builder.Property(row => row.FileHash).HasMaxLength(64);
        builder.HasIndex(row => row.Status);
        builder.Property(row => row.UploaderScope).HasMaxLength(4000);
        builder.Property(row => row.ConfirmerScope).HasMaxLength(4000);
        builder.Property(row => row.ConfirmedBy).HasMaxLength(100);
        builder.Property(row => row.Problem).HasMaxLength(200);
        builder.HasIndex(row => row.SiteId);
        builder.HasIndex(row => row.FileHash);
        builder.Property(row => row.UndoneBy).HasMaxLength(100);
    }
}
