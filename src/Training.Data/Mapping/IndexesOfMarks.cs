using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Training.Domain.Attendance;

namespace Training.Data.Mapping;

/// <summary>
/// Every foreign key has an index, but those of a mark: by enrollment marks are found through <see cref="MarkedGroup"/>, and no
/// enrollment is ever deleted, so that no check of the key asks for one either.
/// </summary>
internal sealed class IndexesOfMarks(ProviderConventionSetBuilderDependencies dependencies) : ForeignKeyIndexConvention(dependencies)
{
    protected override IConventionIndex? CreateIndex(
        IReadOnlyList<IConventionProperty> properties, bool unique, IConventionEntityTypeBuilder entityTypeBuilder) =>
        entityTypeBuilder.Metadata.ClrType == typeof(AttendanceMark) ? null : base.CreateIndex(properties, unique, entityTypeBuilder);
}
