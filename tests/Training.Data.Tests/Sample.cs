using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;
using Training.Data.Writing;

namespace Training.Data.Tests;

/// <summary>Makes rows of any mapped entity from the mapping alone, so that a new entity is tested without a new test.</summary>
internal sealed class Sample(TrainingDbContext db, int firstKey = 1000)
{
    private int next = firstKey;

    /// <summary>Entities of the product; those of the identity library are its own business.</summary>
    public static IEnumerable<IEntityType> Entities(IModel model) => model.GetEntityTypes()
        .Where(type => type.ClrType.Namespace!.StartsWith("Training.", StringComparison.Ordinal) && !type.IsOwned());

    /// <summary>A row with every column filled, or with null wherever null is allowed, after the rows it refers to.</summary>
    public async Task<object> InsertAsync(IWriteGate gate, IEntityType type, bool nulls = false)
    {
        var row = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        var seed = next++;
        Fill(type, row, seed, nulls);
        foreach (var key in type.GetForeignKeys())
        {
            var principal = await InsertAsync(gate, key.PrincipalEntityType);
            for (var i = 0; i < key.Properties.Count; i++) Set(key.Properties[i], row, key.PrincipalKey.Properties[i].GetGetter().GetClrValue(principal));
        }
        var written = await gate.WriteAsync<Domain.Common.Done>(
            Training.Data.Scope.AccessScope.None,
            (session, _) =>
            {
                typeof(IRowWriter).GetMethod(nameof(IRowWriter.Insert))!.MakeGenericMethod(type.ClrType).Invoke(session.Rows, [row]);
                return Task.FromResult<Domain.Common.Result<Domain.Common.Done>>(new Domain.Common.Done());
            },
            CancellationToken.None);
        Assert.That(written.Succeeded, Is.True);
        return row;
    }

    /// <summary>A filled row that was not written.</summary>
    public TEntity Of<TEntity>(params (string Property, object? Value)[] with)
    {
        var type = db.Model.FindEntityType(typeof(TEntity))!;
        var row = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        Fill(type, row, next++, nulls: true);
        foreach (var (property, value) in with) Set(type.FindProperty(property)!, row, value);
        return (TEntity)row;
    }

    /// <summary>Every column with its value, those of complex values too.</summary>
    public static Dictionary<string, object?> Values(ITypeBase type, object? row)
    {
        var values = type.GetProperties().Where(property => property.ValueGenerated == ValueGenerated.Never && !property.IsShadowProperty())
            .ToDictionary(property => property.Name, property => row is null ? null : property.GetGetter().GetClrValue(row));
        foreach (var complex in type.GetComplexProperties())
        {
            foreach (var (name, value) in Values(complex.ComplexType, row is null ? null : complex.GetGetter().GetClrValue(row)))
                values[$"{complex.Name}.{name}"] = value;
        }
        return values;
    }

    private static void Fill(ITypeBase type, object row, int seed, bool nulls)
    {
        foreach (var property in type.GetProperties())
        {
            if (property.ValueGenerated != ValueGenerated.Never || property.IsShadowProperty()) continue;
            Set(property, row, nulls && property.IsNullable ? null : ValueOf(property, seed));
        }
        foreach (var complex in type.GetComplexProperties())
        {
            var inner = RuntimeHelpers.GetUninitializedObject(complex.ClrType);
            Fill(complex.ComplexType, inner, seed, nulls);
            complex.PropertyInfo!.SetValue(row, inner);
        }
    }

    private static void Set(IProperty property, object row, object? value)
    {
        if (property.FieldInfo is { } field) field.SetValue(row, value);
        else property.PropertyInfo!.SetValue(row, value);
    }

    private static object ValueOf(IProperty property, int seed)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(string))
        {
            var text = $"{seed}-{property.Name} ﺍلعربية é";
            return property.GetMaxLength() is { } max && text.Length > max ? text[..max] : text;
        }
        if (type == typeof(int)) return seed;
        if (type == typeof(long)) return (long)int.MaxValue + seed;
        if (type == typeof(short)) return (short)(seed % 30_000);
        if (type == typeof(byte)) return (byte)(seed % 200);
        if (type == typeof(bool)) return true;
        if (type == typeof(double)) return seed + 0.5;
        if (type == typeof(Guid)) return new Guid(seed, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        if (type == typeof(DateOnly)) return new DateOnly(2014, 3, 12).AddDays(seed % 300);
        if (type == typeof(TimeOnly)) return new TimeOnly(16, 30);
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 11, 23, 10, 15, 30, 250, TimeSpan.Zero).AddMinutes(seed);
        if (type == typeof(byte[])) return BitConverter.GetBytes((long)seed);
        throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name}: no sample of {type.Name}.");
    }
}
