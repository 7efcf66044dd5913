using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Directory;

namespace Training.Data.Mapping;

internal sealed class DirectoryMapping : IEntityTypeConfiguration<Region>, IEntityTypeConfiguration<Province>,
    IEntityTypeConfiguration<League>, IEntityTypeConfiguration<Site>, IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Region> builder)
    {
        builder.ToTable("Regions").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Province> builder)
    {
        builder.ToTable("Provinces").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<League> builder)
    {
        builder.ToTable("Leagues").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Site> builder)
    {
        builder.ToTable("Sites").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.Code).IsUnique();
        builder.HasIndex(row => row.RegionId);
    }

    public void Configure(EntityTypeBuilder<Group> builder)
    {
        builder.ToTable("Groups").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(Group.NameMax);
        builder.Ignore(row => row.IsClosed);
        builder.HasIndex(row => row.ImportId).HasAnnotation(TableHints.IndexFilter, "\"ImportId\" IS NOT NULL");
        builder.HasIndex(row => new { row.SiteId, row.EditionId, row.Name }).IsUnique();
        // Answers "the first group with a place": a large site has hundreds of full groups. On SQLite it holds the others alone, so
        // that a place taken does not change it.
        builder.HasIndex(row => new { row.SiteId, row.EditionId })
            .HasAnnotation(TableHints.IndexFilter, "\"Taken\" < \"Capacity\"")
            .HasAnnotation("SqlServer:Include", new[] { nameof(Group.Taken), nameof(Group.Capacity) });
    }
}

internal sealed class EditionMapping : IEntityTypeConfiguration<Edition>, IEntityTypeConfiguration<CurriculumModule>,
    IEntityTypeConfiguration<Signatory>, IEntityTypeConfiguration<RegionTarget>, IEntityTypeConfiguration<SiteLimit>
{
    public void Configure(EntityTypeBuilder<Edition> builder)
    {
        builder.ToTable("Editions").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.Code).IsUnique();
        builder.Ignore(row => row.SiteKind);
        builder.Ignore(row => row.SeasonEndYear);
        builder.HasIndex(row => row.FollowsId).IsUnique();
        builder.ComplexProperty(row => row.Completion);
        builder.Property(row => row.BadgeAgeMin).HasDefaultValue(Edition.BadgeAgeDefault);
        builder.Property(row => row.CertificateTextFr).HasMaxLength(600);
        builder.Property(row => row.CertificateTextAr).HasMaxLength(600);
    }

    public void Configure(EntityTypeBuilder<CurriculumModule> builder)
    {
        builder.ToTable("CurriculumModules").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.EditionId, row.Code }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Signatory> builder)
    {
        builder.ToTable("Signatories").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.EditionId);
    }

    public void Configure(EntityTypeBuilder<RegionTarget> builder) =>
        builder.ToTable("RegionTargets").HasKey(row => new { row.EditionId, row.RegionId });

    public void Configure(EntityTypeBuilder<SiteLimit> builder) =>
        builder.ToTable("SiteLimits").HasKey(row => new { row.SiteId, row.EditionId });
}
