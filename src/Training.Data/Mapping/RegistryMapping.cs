using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Registry;

namespace Training.Data.Mapping;

internal sealed class RegistryMapping : IEntityTypeConfiguration<Participant>, IEntityTypeConfiguration<Guardian>,
    IEntityTypeConfiguration<Guardianship>, IEntityTypeConfiguration<Consent>, IEntityTypeConfiguration<FileReading>
{
    public void Configure(EntityTypeBuilder<Participant> builder)
    {
        builder.ToTable("Participants").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.GivenName).HasMaxLength(Participant.NameMax);
        builder.Property(row => row.FamilyName).HasMaxLength(Participant.NameMax);
        builder.Property(row => row.GivenNameAr).HasMaxLength(Participant.NameMax);
        builder.Property(row => row.FamilyNameAr).HasMaxLength(Participant.NameMax);
        builder.Property(row => row.NameKey).HasMaxLength(Participant.KeyMax);
        builder.Property(row => row.MassarCode).HasMaxLength(10);
        builder.Property(row => row.FifaId).HasMaxLength(7);
        builder.Property(row => row.LicenceNumber).HasMaxLength(40);
        builder.Property(row => row.Note).HasMaxLength(Participant.NoteMax);
        // The name key makes the question "the same child again?" a look into the index alone.
        builder.HasIndex(row => new { row.BirthDate, row.Sex, row.NameKey });
        builder.HasIndex(row => row.NameKey);
        builder.HasIndex(row => row.ClaimHash);
        // Few children have these codes; the others cost nothing here.
        builder.HasIndex(row => row.MassarCode).HasAnnotation(TableHints.IndexFilter, "\"MassarCode\" IS NOT NULL");
        builder.HasIndex(row => row.FifaId).HasAnnotation(TableHints.IndexFilter, "\"FifaId\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Guardian> builder)
    {
        builder.ToTable("Guardians").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(Guardian.NameMax);
        builder.Property(row => row.Phone).HasMaxLength(20);
        builder.HasIndex(row => row.Phone);
    }

    public void Configure(EntityTypeBuilder<Guardianship> builder)
    {
        builder.ToTable("Guardianships").HasKey(row => new { row.ParticipantId, row.GuardianId });
        builder.HasIndex(row => row.GuardianId);
        builder.HasOne<Participant>().WithMany().HasForeignKey(row => row.ParticipantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Guardian>().WithMany().HasForeignKey(row => row.GuardianId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("Consents").Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<Participant>().WithMany().HasForeignKey(row => row.ParticipantId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<FileReading> builder)
    {
        builder.ToTable("FileReadings");
        builder.HasIndex(row => row.ParticipantId);
    }
}
