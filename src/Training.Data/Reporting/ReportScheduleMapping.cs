using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Reporting;

namespace Training.Data.Reporting;

internal sealed class ReportScheduleMapping : IEntityTypeConfiguration<ReportSchedule>
{
    public void Configure(EntityTypeBuilder<ReportSchedule> builder)
    {
        builder.ToTable("ReportSchedules").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Question).HasMaxLength(ReportOrder.QuestionMax);
        builder.Property(row => row.Culture).HasMaxLength(10);
        builder.Property(row => row.Problem).HasMaxLength(60);
        builder.HasIndex(row => row.AccountId);
        builder.HasIndex(row => new { row.Status, row.NextAt });
    }
}
