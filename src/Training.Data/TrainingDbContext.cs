using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;
using Training.Data.Access;
using Training.Data.Mapping;
using Training.Data.Scope;

namespace Training.Data;

/// <summary>The one context. Every set with personal data is filtered by <see cref="Scope"/>.</summary>
public sealed class TrainingDbContext(DbContextOptions<TrainingDbContext> options) : IdentityUserContext<Account, int>(options)
{
    /// <summary>Which rows are visible; nothing personal until somebody says otherwise.</summary>
    public AccessScope Scope { get; set; } = AccessScope.None;

    /// <inheritdoc/>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>
    /// Identity reads its schema version from the application's services alone; the writer, the migration tool and the tests have
    /// none, and must see the same model.
    /// </summary>
    private static readonly IServiceProvider SchemaServices = new ServiceCollection()
        .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    /// <inheritdoc/>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
            optionsBuilder.UseApplicationServiceProvider(SchemaServices);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<string>().HaveMaxLength(256);
        configurationBuilder.Conventions.Replace<ForeignKeyIndexConvention>(
            services => new IndexesOfMarks(services.GetRequiredService<ProviderConventionSetBuilderDependencies>()));
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(TrainingDbContext).Assembly);
        ScopeFilters.Apply(builder, this);
        SealedFields.Apply(builder, onServer: Database.ProviderName?.EndsWith("SqlServer", StringComparison.Ordinal) == true);
    }

    /// <summary>Instants are stored as UTC date-times, which both databases order and index.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime, stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc), TimeSpan.Zero));
}
