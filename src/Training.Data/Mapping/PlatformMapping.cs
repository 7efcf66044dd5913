using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Training.Data.Access;
using Training.Data.Outbox;
using Training.Data.Platform;

namespace Training.Data.Mapping;

internal sealed class PlatformMapping : IEntityTypeConfiguration<OutboxRow>, IEntityTypeConfiguration<IdempotencyRow>,
    IEntityTypeConfiguration<KeyBlock>, IEntityTypeConfiguration<SystemSecret>, IEntityTypeConfiguration<CommitMarker>,
    IEntityTypeConfiguration<RateWindow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("Outbox");
        builder.Property(row => row.Type).HasMaxLength(100);
        builder.Property(row => row.Consumer).HasMaxLength(100);
        builder.Property(row => row.Body).HasMaxLength(8000);
        builder.Property(row => row.LastError).HasMaxLength(500);
        builder.HasIndex(row => new { row.State, row.Consumer, row.DueAt });
    }

    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("IdempotencyKeys").HasKey(row => new { row.Caller, row.Key });
        builder.Property(row => row.Caller).HasMaxLength(60);
        builder.Property(row => row.Key).HasMaxLength(100);
        builder.Property(row => row.RequestHash).HasMaxLength(32);
        builder.Property(row => row.Response).HasMaxLength(4000);
        builder.HasIndex(row => row.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<KeyBlock> builder)
    {
        builder.ToTable("KeyBlocks").HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(60);
    }

    public void Configure(EntityTypeBuilder<CommitMarker> builder)
    {
        builder.ToTable("CommitMarkers").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.At);
    }

    public void Configure(EntityTypeBuilder<RateWindow> builder)
    {
        builder.ToTable("RateWindows").HasKey(row => row.Bucket);
        builder.Property(row => row.Bucket).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<SystemSecret> builder)
    {
        builder.ToTable("SystemSecrets").HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(60);
        builder.Property(row => row.Value).HasMaxLength(1000);
    }
}

internal sealed class AccessMapping : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<RoleGrant>,
    IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<ClaimLock>, IEntityTypeConfiguration<SignInSession>, IEntityTypeConfiguration<Invitation>,
    IEntityTypeConfiguration<SecondFactor>, IEntityTypeConfiguration<RecoveryCode>, IEntityTypeConfiguration<SafeguardingRecord>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(row => row.DisplayName).HasMaxLength(120);
        builder.Property(row => row.Language).HasMaxLength(5);
    }

    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("RoleGrants").HasIndex(row => row.AccountId);
        builder.Property(row => row.GrantedBy).HasMaxLength(60);
        builder.Property(row => row.EndedBy).HasMaxLength(60);
    }

    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.ToTable("SignInSessions").HasIndex(row => new { row.AccountId, row.EndedAt });
        builder.Property(row => row.Device).HasMaxLength(SignInSession.DeviceMax);
    }

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations").HasIndex(row => row.Hash).IsUnique();
        builder.HasIndex(row => row.AccountId);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.Property(row => row.SentBy).HasMaxLength(60);
    }

    public void Configure(EntityTypeBuilder<SafeguardingRecord> builder)
    {
        builder.ToTable("SafeguardingRecords").HasIndex(row => row.AccountId);
        builder.Property(row => row.RecordedBy).HasMaxLength(60);
    }

    public void Configure(EntityTypeBuilder<SecondFactor> builder)
    {
        builder.ToTable("SecondFactors").HasKey(row => row.AccountId);
        builder.Property(row => row.AccountId).ValueGeneratedNever();
        builder.Property(row => row.Secret).HasMaxLength(500);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes").HasKey(row => new { row.AccountId, row.Hash });
        builder.Property(row => row.Hash).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys").HasIndex(row => row.Hash).IsUnique();
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.Property(row => row.CreatedBy).HasMaxLength(60);
    }

    public void Configure(EntityTypeBuilder<ClaimLock> builder)
    {
        builder.ToTable("ClaimLocks").HasKey(row => row.ClaimHash);
        builder.Property(row => row.ClaimHash).ValueGeneratedNever();
    }
}
