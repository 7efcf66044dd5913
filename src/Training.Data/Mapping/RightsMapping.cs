using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Directory;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.Data.Mapping;

internal sealed class RightsMapping : IEntityTypeConfiguration<RightsRequest>, IEntityTypeConfiguration<NamelessFile>,
    IEntityTypeConfiguration<RetentionRule>, IEntityTypeConfiguration<RetentionRun>
{
    public void Configure(EntityTypeBuilder<RightsRequest> builder)
    {
        builder.ToTable("RightsRequests").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Words).HasMaxLength(RightsRequest.WordsMax);
        builder.Property(row => row.Answer).HasMaxLength(RightsRequest.WordsMax);
        builder.Property(row => row.OpenedBy).HasMaxLength(60);
        builder.Property(row => row.DecidedBy).HasMaxLength(60);
        builder.HasIndex(row => new { row.Status, row.DueOn });
        builder.HasIndex(row => row.ParticipantId);
    }

    public void Configure(EntityTypeBuilder<RetentionRule> builder)
    {
        builder.ToTable("RetentionRules").HasKey(row => row.EditionId);
        builder.Property(row => row.EditionId).ValueGeneratedNever();
        builder.Property(row => row.SetBy).HasMaxLength(60);
        builder.HasOne<Edition>().WithMany().HasForeignKey(row => row.EditionId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RetentionRun> builder) => builder.ToTable("RetentionRuns");

    public void Configure(EntityTypeBuilder<NamelessFile> builder)
    {
        builder.ToTable("NamelessFiles").HasKey(row => new { row.BirthDate, row.Sex });
        builder.HasOne<Participant>().WithMany().HasForeignKey(row => row.ParticipantId).OnDelete(DeleteBehavior.Restrict);
    }
}
