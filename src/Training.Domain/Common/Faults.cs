namespace Training.Domain.Common;

/// <summary>Collects the faults of an input, so that a person sees all of them at once.</summary>
public sealed class Faults
{
    private Dictionary<string, IReadOnlyList<FieldError>>? fields;

    /// <summary>True while nothing is wrong.</summary>
    public bool None => fields is null;

    /// <summary>How many fields are at fault.</summary>
    public int Count => fields?.Count ?? 0;

    /// <summary>Notes a fault of a field.</summary>
    /// <param name="field">The field's path in the request, for instance <c>guardians[0].phone</c>.</param>
    /// <param name="code">Stable code of the fault.</param>
    /// <param name="facts">Values its text needs; never personal data.</param>
    public void Add(string field, string code, params (string Name, object? Value)[] facts) =>
        Add(field, new FieldError(code, Error.ToFacts(facts)));

    /// <summary>Notes a rule that refuses, at the field whose value decides.</summary>
    /// <param name="field">The field's path in the request.</param>
    /// <param name="rule">The refusal.</param>
    public void Add(string field, Error rule) => Add(field, new FieldError(rule.Code, rule.Facts));

    /// <summary>Notes a fault that was found elsewhere.</summary>
    /// <param name="field">The field's path in the request.</param>
    /// <param name="error">The fault.</param>
    public void Add(string field, FieldError error)
    {
        fields ??= [];
        fields[field] = fields.TryGetValue(field, out var earlier) ? [.. earlier, error] : [error];
    }

    /// <summary>True when a fault of the field is noted.</summary>
    public bool Has(string field) => fields is not null && fields.ContainsKey(field);

    /// <summary>The refusal for one fault that makes looking for others idle.</summary>
    /// <param name="field">The field's path in the request.</param>
    /// <param name="code">Stable code of the fault.</param>
    /// <param name="facts">Values its text needs; never personal data.</param>
    public static Error Only(string field, string code, params (string Name, object? Value)[] facts)
    {
        var faults = new Faults();
        faults.Add(field, code, facts);
        return faults.ToError();
    }

    /// <summary>The refusal for one fault that a rule has found.</summary>
    public static Error Only(string field, FieldError fault) =>
        new(ErrorKind.Invalid, "invalidInput") { Fields = new Dictionary<string, IReadOnlyList<FieldError>> { [field] = [fault] } };

    /// <summary>Notes the faults that another check has found.</summary>
    /// <param name="error">What it refused; nothing is noted when it names no field.</param>
    /// <param name="place">Where a field of that check lies in this request.</param>
    public void Take(Error error, Func<string, string> place)
    {
        foreach (var (field, found) in error.Fields ?? new Dictionary<string, IReadOnlyList<FieldError>>())
        {
            fields ??= [];
            fields[place(field)] = fields.TryGetValue(place(field), out var earlier) ? [.. earlier, .. found] : found;
        }
    }

    /// <summary>The refusal that carries every fault noted so far.</summary>
    public Error ToError() => new(ErrorKind.Invalid, "invalidInput") { Fields = fields };
}
