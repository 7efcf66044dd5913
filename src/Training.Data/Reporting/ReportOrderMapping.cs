using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Reporting;

namespace Training.Data.Reporting;

internal sealed class ReportOrderMapping : IEntityTypeConfiguration<ReportOrder>
{
    private const int ScopeMax = 4000;
    private const int HashLength = 64;

    public void Configure(EntityTypeBuilder<ReportOrder> builder)
    {
        builder.ToTable("ReportOrders").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Scope).HasMaxLength(ScopeMax);
        builder.Property(row => row.Culture).HasMaxLength(10);
        builder.Property(row => row.Question).HasMaxLength(ReportOrder.QuestionMax);
        builder.Property(row => row.FileHash).HasMaxLength(HashLength);
        builder.Property(row => row.Problem).HasMaxLength(60);
        builder.Ignore(row => row.ExpiresAt);
        builder.HasIndex(row => row.OrderedAt);
        builder.HasIndex(row => row.By);
    }
}
