namespace Training.Data.Platform;

/// <summary>The answer once given to a request with an <c>Idempotency-Key</c>; kept 24 hours.</summary>
public sealed class IdempotencyRow
{
    /// <summary>The caller: <c>account:7</c> or <c>key:3</c>.</summary>
    public required string Caller { get; init; }

    /// <summary>The key the caller chose.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The success as JSON; null when the request was refused (a repeat is then judged anew).</summary>
    public string? Response { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Next free key of a table whose keys the application gives out in blocks.</summary>
public sealed class KeyBlock
{
    /// <summary>The table.</summary>
    public required string Name { get; init; }

    /// <summary>Next key that nobody has reserved.</summary>
    public required int Next { get; set; }
}

/// <summary>What the installation keeps for itself: a secret made at first start, or the fingerprint of what was loaded.</summary>
public sealed class SystemSecret
{
    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>The value; a secret is protected by the data-protection keys.</summary>
    public required byte[] Value { get; init; }
}

/// <summary>How often somebody has knocked at a limited door within a minute, counted by all processes together. Gone soon after.</summary>
public sealed class RateWindow
{
    /// <summary>Stands for door and address: of a keyed hash 64 bits, from which nobody reads an address.</summary>
    public required long Bucket { get; init; }

    /// <summary>Which minute, counted from 1970 in UTC.</summary>
    public required int Minute { get; set; }

    /// <summary>How many knocks were given out in it.</summary>
    public required int Taken { get; set; }
}
