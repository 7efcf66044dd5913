namespace Training.Domain.Common;

/// <summary>What sort of refusal an <see cref="Error"/> is; each door maps it to its own answer (HTTP status, page notice, row state).</summary>
public enum ErrorKind
{
    /// <summary>The input itself is wrong; <see cref="Error.Fields"/> names where.</summary>
    Invalid,

    /// <summary>The caller may not do this at all.</summary>
    Forbidden,

    /// <summary>The thing does not exist, or not for this caller.</summary>
    NotFound,

    /// <summary>The state of things contradicts the request.</summary>
    Conflict,

    /// <summary>A rule of the programme refuses; <see cref="Error.Facts"/> says on which facts.</summary>
    Rule,

    /// <summary>Too many attempts; try later.</summary>
    TooMany,

    /// <summary>The system cannot take it now; try again soon.</summary>
    Busy,
}

/// <summary>One fault of one field.</summary>
/// <param name="Code">Stable code, camelCase; texts are looked up by it.</param>
/// <param name="Facts">Values the text needs (limits, dates); never personal data.</param>
public sealed record FieldError(string Code, IReadOnlyDictionary<string, object?>? Facts = null);

/// <summary>An expected refusal, as a value. Exceptions are kept for bugs and broken machines.</summary>
/// <param name="Kind">The sort of refusal.</param>
/// <param name="Code">Stable code, camelCase.</param>
public sealed record Error(ErrorKind Kind, string Code)
{
    /// <summary>Values that explain the refusal; null when the code says everything. Never personal data.</summary>
    public IReadOnlyDictionary<string, object?>? Facts { get; init; }

    /// <summary>Faults keyed by the field's path in the request (<c>participant.birthDate</c>); null when no field is at fault.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FieldError>>? Fields { get; init; }

    /// <summary>What the caller needs to decide (for instance the candidates of a possible duplicate); null when nothing.</summary>
    public object? Details { get; init; }

    /// <summary>A refusal without facts.</summary>
    public static Error Of(ErrorKind kind, string code) => new(kind, code);

    /// <summary>The thing does not exist for this caller.</summary>
    public static Error NotFound(string code) => new(ErrorKind.NotFound, code);

    /// <summary>A rule of the programme refuses, on these facts.</summary>
    public static Error Rule(string code, params (string Name, object? Value)[] facts) =>
        new(ErrorKind.Rule, code) { Facts = ToFacts(facts) };

    /// <summary>The state of things contradicts the request.</summary>
    public static Error Conflict(string code, params (string Name, object? Value)[] facts) =>
        new(ErrorKind.Conflict, code) { Facts = ToFacts(facts) };

    internal static Dictionary<string, object?>? ToFacts((string Name, object? Value)[] facts) =>
        facts.Length == 0 ? null : facts.ToDictionary(fact => fact.Name, fact => fact.Value);
}
