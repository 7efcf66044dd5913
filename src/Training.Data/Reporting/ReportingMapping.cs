using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Data.Mapping;

namespace Training.Data.Reporting;

internal sealed class ReportingMapping : IEntityTypeConfiguration<SessionTally>, IEntityTypeConfiguration<SiteCell>,
    IEntityTypeConfiguration<MonthCell>, IEntityTypeConfiguration<GroupCell>, IEntityTypeConfiguration<ModuleCell>,
    IEntityTypeConfiguration<SiteEnrollmentCell>, IEntityTypeConfiguration<GroupEnrollmentCell>, IEntityTypeConfiguration<SiteTally>
{
    public void Configure(EntityTypeBuilder<SessionTally> builder)
    {
        builder.ToTable("SessionTallies").HasKey(row => row.SessionId);
        builder.Property(row => row.SessionId).ValueGeneratedNever();
        builder.Property(row => row.Counts).HasMaxLength(SessionTally.CountsMax);
        builder.HasIndex(row => new { row.SiteId, row.EditionId });
        builder.HasIndex(row => new { row.EditionId, row.RestatedAt }).HasAnnotation(TableHints.IndexFilter, "\"RestatedAt\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<SiteCell> builder) => Keep(
        builder.ToTable("SiteCells"), builder.HasKey(row => new { row.EditionId, row.SiteId, row.Month, row.Sex, row.Cohort }));

    public void Configure(EntityTypeBuilder<MonthCell> builder) => Keep(
        builder.ToTable("MonthCells"), builder.HasKey(row => new { row.EditionId, row.SiteId, row.Month }));

    public void Configure(EntityTypeBuilder<GroupCell> builder) => Keep(
        builder.ToTable("GroupCells"), builder.HasKey(row => new { row.EditionId, row.SiteId, row.GroupId, row.Month }));

    public void Configure(EntityTypeBuilder<ModuleCell> builder) => Keep(
        builder.ToTable("ModuleCells"), builder.HasKey(row => new { row.EditionId, row.SiteId, row.ModuleId, row.Month }));

    public void Configure(EntityTypeBuilder<SiteEnrollmentCell> builder) => Keep(
        builder.ToTable("SiteEnrollmentCells"), builder.HasKey(row => new { row.EditionId, row.SiteId, row.Sex, row.Cohort }));

    public void Configure(EntityTypeBuilder<GroupEnrollmentCell> builder) => Keep(
        builder.ToTable("GroupEnrollmentCells"), builder.HasKey(row => new { row.EditionId, row.SiteId, row.GroupId, row.Sex, row.Cohort }));

    public void Configure(EntityTypeBuilder<SiteTally> builder) => Keep(
        builder.ToTable("SiteTallies"), builder.HasKey(row => new { row.EditionId, row.SiteId }));

    private static void Keep(EntityTypeBuilder builder, KeyBuilder key)
    {
        builder.Metadata.SetAnnotation(TableHints.WithoutRowId, true);
        foreach (var property in key.Metadata.Properties) builder.Property(property.Name).ValueGeneratedNever();
    }
}
