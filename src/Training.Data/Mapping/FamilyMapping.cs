using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.Data.Mapping;

internal sealed class FamilyMapping : IEntityTypeConfiguration<OneTimeCode>, IEntityTypeConfiguration<PersonalLink>,
    IEntityTypeConfiguration<ViewOnlyGuardian>, IEntityTypeConfiguration<ConsentObjection>,
    IEntityTypeConfiguration<AmazighVersion>
{
    public void Configure(EntityTypeBuilder<OneTimeCode> builder)
    {
        builder.ToTable("OneTimeCodes").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Hash).HasMaxLength(32);
        // How many were sent for a child, and to a phone's guardians.
        builder.HasIndex(row => new { row.ParticipantId, row.SentAt });
        builder.HasIndex(row => new { row.GuardianId, row.SentAt });
    }

    public void Configure(EntityTypeBuilder<PersonalLink> builder)
    {
        builder.ToTable("PersonalLinks").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Hash).HasMaxLength(32);
        builder.Property(row => row.SentBy).HasMaxLength(60);
        builder.HasIndex(row => row.Hash).IsUnique();
        builder.HasIndex(row => new { row.ParticipantId, row.SentAt });
    }

    public void Configure(EntityTypeBuilder<ViewOnlyGuardian> builder)
    {
        builder.ToTable("ViewOnlyGuardians").HasKey(row => new { row.ParticipantId, row.GuardianId });
        builder.Property(row => row.SetBy).HasMaxLength(60);
        builder.HasOne<Participant>().WithMany().HasForeignKey(row => row.ParticipantId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ConsentObjection> builder)
    {
        builder.ToTable("ConsentObjections");
        builder.HasIndex(row => new { row.ParticipantId, row.Purpose });
        builder.HasOne<Participant>().WithMany().HasForeignKey(row => row.ParticipantId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AmazighVersion> builder)
    {
        builder.ToTable("AmazighVersions").HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
        builder.Property(row => row.UploadedBy).HasMaxLength(60);
        builder.Property(row => row.PublishedBy).HasMaxLength(60);
    }
}
