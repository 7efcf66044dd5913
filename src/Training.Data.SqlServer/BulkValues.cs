namespace Training.Data.SqlServer;

/// <summary>The bulk copy knows the types of old alone.</summary>
internal static class BulkValues
{
    /// <summary>The type in which it takes a column.</summary>
    public static Type TypeOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum) return Enum.GetUnderlyingType(plain);
        return plain == typeof(DateOnly) ? typeof(DateTime) : plain == typeof(TimeOnly) ? typeof(TimeSpan) : plain;
    }

    /// <summary>The value in that type.</summary>
    public static object Of(object? value) => value switch
    {
        null => DBNull.Value,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        TimeOnly time => time.ToTimeSpan(),
        _ => value,
    };
}
