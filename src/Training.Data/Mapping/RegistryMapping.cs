using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Data.Registry;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.Data.Mapping;

internal sealed class RegistryMapping : IEntityTypeConfiguration<Participant>, IEntityTypeConfiguration<Guardian>,
    IEntityTypeConfiguration<Guardianship>, IEntityTypeConfiguration<Consent>, IEntityTypeConfiguration<FileReading>,
    IEntityTypeConfiguration<DuplicatePair>, IEntityTypeConfiguration<Merge>, IEntityTypeConfiguration<MergeMove>,
    IEntityTypeConfiguration<SweepState>, IEntityTypeConfiguration<FileCorrection>
{
    public void Configure(EntityTypeBuilder<FileCorrection> builder)
    {
        builder.ToTable("FileCorrections").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Changes).HasMaxLength(FileCorrection.ChangesMax);
        builder.Property(row => row.Reason).HasMaxLength(FileCorrection.ReasonMax);
        builder.Property(row => row.Note).HasMaxLength(FileCorrection.ReasonMax);
        builder.Property(row => row.Answer).HasMaxLength(RightsRequest.WordsMax);
        builder.Property(row => row.By).HasMaxLength(60);
        builder.Property(row => row.DecidedBy).HasMaxLength(60);
        builder.HasIndex(row => new { row.ParticipantId, row.Status });
        builder.HasIndex(row => new { row.Status, row.At });
        builder.HasOne<Participant>().WithMany().HasForeignKey(row => row.ParticipantId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Participant> builder)
    {
        builder.ToTable("Participants").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.GivenName).HasMaxLength(Participant.NameMax);
        builder.Property(row => row.FamilyName).HasMaxLength(Participant.NameMax);
        builder.Property(row => row.GivenNameAr).HasMaxLength(Participant.NameMax);
        builder.Property(row => row.FamilyNameAr).HasMaxLength(Participant.NameMax);
        builder.Property(row => row.MassarCode).HasMaxLength(10);
        builder.Property(row => row.FifaId).HasMaxLength(7);
        builder.Property(row => row.LicenceNumber).HasMaxLength(40);
        builder.Property(row => row.Note).HasMaxLength(Participant.NoteMax);
        builder.HasIndex(row => new { row.BirthDate, row.Sex });
        // A list asks who came since it was read.
        builder.HasIndex(row => row.CreatedAt);
        // Few children have these codes; the others cost nothing here.
        builder.HasIndex(row => row.MassarCode).HasAnnotation(TableHints.IndexFilter, "\"MassarCode\" IS NOT NULL");
        builder.HasIndex(row => row.FifaId).HasAnnotation(TableHints.IndexFilter, "\"FifaId\" IS NOT NULL");
        builder.HasIndex(row => row.LicenceNumber).HasAnnotation(TableHints.IndexFilter, "\"LicenceNumber\" IS NOT NULL");
        // Searched by the spellings of a name: by the Latin ones where they are known, as they mostly are, and else by the Arabic.
        builder.HasIndex(row => new { row.FamilyName, row.GivenName }).HasAnnotation(TableHints.IndexFilter, "\"FamilyName\" IS NOT NULL");
        builder.HasIndex(row => row.GivenName).HasAnnotation(TableHints.IndexFilter, "\"GivenName\" IS NOT NULL");
        builder.HasIndex(row => new { row.FamilyNameAr, row.GivenNameAr }).HasAnnotation(TableHints.IndexFilter, "\"FamilyName\" IS NULL");
        builder.HasIndex(row => row.GivenNameAr).HasAnnotation(TableHints.IndexFilter, "\"GivenName\" IS NULL");
        builder.HasIndex(row => row.MergedIntoId).HasAnnotation(TableHints.IndexFilter, "\"MergedIntoId\" IS NOT NULL");
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

    public void Configure(EntityTypeBuilder<DuplicatePair> builder)
    {
        builder.ToTable("DuplicatePairs").HasKey(row => new { row.LowId, row.HighId });
        builder.Ignore(row => row.IsOpen);
        builder.Property(row => row.DecidedBy).HasMaxLength(60);
        builder.Property(row => row.Note).HasMaxLength(DuplicatePair.NoteMax);
        builder.HasIndex(row => row.HighId);
        // The queue is read in this order.
        builder.HasIndex(row => new { row.Decision, row.Strength, row.LowId, row.HighId });
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<Merge> builder)
    {
        builder.ToTable("Merges").Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Stands);
        builder.Property(row => row.MergedBy).HasMaxLength(60);
        builder.Property(row => row.Why).HasMaxLength(Merge.WhyMax);
        builder.Property(row => row.SeparatedBy).HasMaxLength(60);
        builder.Property(row => row.SeparatedWhy).HasMaxLength(Merge.WhyMax);
        builder.HasIndex(row => new { row.RetiredId, row.Slot }).IsUnique();
        builder.HasIndex(row => row.SurvivorId);
    }

    public void Configure(EntityTypeBuilder<MergeMove> builder)
    {
        builder.ToTable("MergeMoves").HasKey(row => new { row.MergeId, row.Thing, row.RowId });
        builder.HasOne<Merge>().WithMany().HasForeignKey(row => row.MergeId).OnDelete(DeleteBehavior.Cascade);
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
    }

    public void Configure(EntityTypeBuilder<SweepState> builder)
    {
        builder.ToTable("DuplicateSweep").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Cursor).HasMaxLength(60);
    }
}
