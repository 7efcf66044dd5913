using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;

namespace Training.Data.Mapping;

internal sealed class CertificateMapping : IEntityTypeConfiguration<Certificate>, IEntityTypeConfiguration<CertificateCheck>,
    IEntityTypeConfiguration<CertificateRevision>, IEntityTypeConfiguration<RevocationCase>, IEntityTypeConfiguration<CertificateDesign>,
    IEntityTypeConfiguration<IssuingState>, IEntityTypeConfiguration<WithdrawnKey>
{
    private const int HashLength = 64;
    private const int CallerLength = 60;

    public void Configure(EntityTypeBuilder<Certificate> builder)
    {
        builder.ToTable("Certificates").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Number).HasMaxLength(20);
        builder.Property(row => row.VerificationCode).HasMaxLength(26);
        builder.Property(row => row.FileHash).HasMaxLength(HashLength);
        builder.Property(row => row.ContentHash).HasMaxLength(HashLength);
        builder.Property(row => row.Statement).HasMaxLength(CertificateStatement.LengthMax);
        builder.Property(row => row.Revision).HasDefaultValue(1);
        builder.HasIndex(row => new { row.EnrollmentId, row.Kind }).IsUnique();
        builder.HasIndex(row => row.Number).IsUnique();
        builder.HasIndex(row => row.VerificationCode).IsUnique();
        builder.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.ParticipantId);
        builder.HasIndex(row => row.Status);
    }

    public void Configure(EntityTypeBuilder<CertificateCheck> builder)
    {
        builder.ToTable("CertificateChecks");
        builder.HasIndex(row => row.CertificateId);
    }

    public void Configure(EntityTypeBuilder<CertificateRevision> builder)
    {
        builder.ToTable("CertificateRevisions").HasKey(row => new { row.CertificateId, row.Revision });
        builder.Property(row => row.FileHash).HasMaxLength(HashLength);
        builder.Property(row => row.ReplacedBy).HasMaxLength(CallerLength);
        builder.Property(row => row.Reason).HasMaxLength(CertificateRevision.ReasonMax);
        builder.HasOne<Certificate>().WithMany().HasForeignKey(row => row.CertificateId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RevocationCase> builder)
    {
        builder.ToTable("RevocationCases").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.RaisedBy).HasMaxLength(CallerLength);
        builder.Property(row => row.AgreedBy).HasMaxLength(CallerLength);
        builder.Property(row => row.DecidedBy).HasMaxLength(CallerLength);
        builder.HasIndex(row => new { row.CertificateId, row.Slot }).IsUnique();
        builder.HasIndex(row => row.Outcome);
        builder.HasOne<Certificate>().WithMany().HasForeignKey(row => row.CertificateId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CertificateDesign> builder)
    {
        builder.ToTable("CertificateDesigns").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.TextFrFemale).HasMaxLength(CertificateDesign.TextMax);
        builder.Property(row => row.TextFrMale).HasMaxLength(CertificateDesign.TextMax);
        builder.Property(row => row.TextArFemale).HasMaxLength(CertificateDesign.TextMax);
        builder.Property(row => row.TextArMale).HasMaxLength(CertificateDesign.TextMax);
        builder.Property(row => row.LogoHash).HasMaxLength(HashLength);
        builder.Property(row => row.LogoText).HasMaxLength(CertificateDesign.LogoTextMax);
        builder.Property(row => row.TitleZgh).HasMaxLength(CertificateDesign.TitleMax);
        builder.Property(row => row.TextZghFemale).HasMaxLength(CertificateDesign.TextMax);
        builder.Property(row => row.TextZghMale).HasMaxLength(CertificateDesign.TextMax);
        builder.HasIndex(row => new { row.EditionId, row.Kind, row.ValidFrom }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<WithdrawnKey> builder)
    {
        builder.ToTable("WithdrawnKeys").HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<IssuingState> builder)
    {
        builder.ToTable("CertificateIssuing").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.PausedBy).HasMaxLength(CallerLength);
    }
}
