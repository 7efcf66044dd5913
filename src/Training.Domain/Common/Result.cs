using System.Diagnostics.CodeAnalysis;

namespace Training.Domain.Common;

/// <summary>Either a value or the <see cref="Common.Error"/> that says why there is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Error? error)
    {
        this.value = value;
        Error = error;
    }

    /// <summary>The refusal; null on success.</summary>
    public Error? Error { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The value; reading it from a refusal is a bug and throws.</summary>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"No value: {Error.Code}.");

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>Turns the value; a refusal stays what it is.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> map) => Error is null ? map(value!) : Error;
}

/// <summary>The value of a result that has nothing to say beyond success.</summary>
public readonly record struct Done;
