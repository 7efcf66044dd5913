using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Domain.Notifications;

namespace Training.Data.Mapping;

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("Notices");
        builder.Property(row => row.Reason).HasMaxLength(Notice.ReasonMax);
        builder.Property(row => row.ToldBy).HasMaxLength(60);
        builder.HasIndex(row => new { row.Kind, row.SubjectId, row.SubjectVersion, row.ParticipantId }).IsUnique();
        // The worker asks for what is due, a site for what it has to tell.
        builder.HasIndex(row => new { row.State, row.DueAt });
        builder.HasIndex(row => new { row.SiteId, row.State });
        builder.HasIndex(row => row.GuardianId).HasAnnotation(TableHints.IndexFilter, "\"GuardianId\" IS NOT NULL");
        builder.HasIndex(row => row.ParticipantId);
        // A receipt names the message.
        builder.HasIndex(row => row.MessageId).HasAnnotation(TableHints.IndexFilter, "\"MessageId\" IS NOT NULL");
    }
}
