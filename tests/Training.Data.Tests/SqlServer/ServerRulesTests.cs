using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Training.Data.Scope;
using Training.Data.SqlServer;

namespace Training.Data.Tests.SqlServer;

/// <summary>What the server refuses only when the schema is made, asked of the model: limits of keys and ways of deletion.</summary>
internal sealed class ServerRulesTests
{
    private const int ClusteredBytesMax = 900;
    private const int IndexBytesMax = 1700;

    private TrainingDbContext db = null!;

    [OneTimeSetUp]
    public void Open()
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqlServerProvider("Server=localhost;Database=none").Configure(options);
        db = new TrainingDbContext(options.Options) { Scope = AccessScope.None };
    }

    [OneTimeTearDown]
    public void Close() => db.Dispose();

    [Test]
    public void No_key_or_index_is_wider_than_the_server_takes()
    {
        foreach (var type in db.Model.GetEntityTypes())
        {
            // The identity library's key of passkeys may be longer on paper; a credential's id is below a hundred bytes in practice.
            if (type.ClrType.Namespace?.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal) != true && type.FindPrimaryKey() is { } key) Assert.That(key.Properties.Sum(Bytes), Is.LessThanOrEqualTo(ClusteredBytesMax), $"key of {type.DisplayName()}");
            foreach (var index in type.GetIndexes())
                Assert.That(index.Properties.Sum(Bytes), Is.LessThanOrEqualTo(IndexBytesMax), $"index of {type.DisplayName()}: {string.Join(", ", index.Properties.Select(property => property.Name))}");
        }
    }

    [Test]
    public void No_table_is_deleted_from_along_two_ways()
    {
        foreach (var type in db.Model.GetEntityTypes())
        {
            var ways = new Dictionary<IEntityType, int>();
            Follow(type, ways, 0);
            Assert.That(ways.Where(way => way.Value > 1).Select(way => way.Key.DisplayName()), Is.Empty, $"deleting {type.DisplayName()}");
        }
    }

    [Test]
    public void Names_are_short_enough() => Assert.Multiple(() =>
    {
        foreach (var type in db.Model.GetEntityTypes())
        {
            Assert.That(type.GetTableName()!.Length, Is.LessThanOrEqualTo(128));
            foreach (var index in type.GetIndexes()) Assert.That(index.GetDatabaseName()!.Length, Is.LessThanOrEqualTo(128));
            foreach (var tie in type.GetForeignKeys()) Assert.That(tie.GetConstraintName()!.Length, Is.LessThanOrEqualTo(128));
        }
    });

    private static void Follow(IEntityType type, Dictionary<IEntityType, int> ways, int depth)
    {
        Assert.That(depth, Is.LessThan(20), $"deletions go round in circles at {type.DisplayName()}");
        foreach (var tie in type.GetReferencingForeignKeys().Where(tie => tie.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull))
        {
            ways[tie.DeclaringEntityType] = ways.GetValueOrDefault(tie.DeclaringEntityType) + 1;
            Follow(tie.DeclaringEntityType, ways, depth + 1);
        }
    }

    private static int Bytes(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        var size = property.GetMaxLength() ?? mapping.Size;
        return mapping.StoreTypeNameBase switch
        {
            "nvarchar" or "nchar" => 2 * (size ?? 4000),
            "varbinary" or "binary" or "varchar" or "char" => size ?? 8000,
            "uniqueidentifier" => 16,
            "datetimeoffset" => 10,
            "datetime2" or "bigint" => 8,
            "int" => 4,
            "date" => 3,
            "smallint" => 2,
            "time" => 5,
            "tinyint" or "bit" => 1,
            var other => throw new InvalidOperationException($"{other} of {property.Name}: how wide is it?"),
        };
    }
}
