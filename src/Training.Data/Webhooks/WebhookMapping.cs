using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Webhooks;

namespace Training.Data.Webhooks;

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("Webhooks").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(Webhook.NameMax);
        builder.Property(row => row.Address).HasMaxLength(Webhook.AddressMax);
        builder.Property(row => row.OwnedBy).HasMaxLength(60);
        builder.Property(row => row.Secret).HasMaxLength(Webhook.SecretMax);
        builder.Property(row => row.FormerSecret).HasMaxLength(Webhook.SecretMax);
        builder.Property(row => row.DisabledReason).HasMaxLength(40);
        builder.Ignore(row => row.IsActive);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("WebhookDeliveries");
        builder.Property(row => row.Body).HasMaxLength(WebhookDelivery.BodyMax);
        builder.Property(row => row.Answer).HasMaxLength(WebhookDelivery.AnswerMax);
        builder.HasIndex(row => new { row.WebhookId, row.Event, row.SubjectId, row.SubjectVersion }).IsUnique();
        // The worker asks for what is due, a page for what is newest.
        builder.HasIndex(row => new { row.WebhookId, row.State, row.DueAt });
        builder.HasIndex(row => new { row.WebhookId, row.Id });
        builder.HasIndex(row => row.State);
        builder.HasIndex(row => row.CreatedAt);
    }
}
