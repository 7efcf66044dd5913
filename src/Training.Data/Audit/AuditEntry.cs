namespace Training.Data.Audit;

/// <summary>
/// One change that somebody made, written in the change's own transaction. Rows are only ever added (triggers refuse anything else), and
/// sealed in batches by <see cref="AuditSeal"/>. No personal data: a caller's stable name, the act, keys.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>Longest <see cref="About"/>, in characters; what is longer is cut.</summary>
    public const int AboutMax = 200;

    /// <summary>Internal key, given by the database.</summary>
    public long Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: <c>account:7</c>, <c>key:3</c>, <c>family</c>, or <c>system</c> for work that goes on after its caller has left.</summary>
    public required string By { get; init; }

    /// <summary>The feature that made it: <c>Enrollments/RegisterParticipant</c>.</summary>
    public required string Act { get; init; }

    /// <summary>What it was about: the first event it promised, with its keys; null when it promised none.</summary>
    public string? About { get; init; }
}

/// <summary>Seals a run of entries: a keyed hash over the seal before and every entry since, so that none can be changed, removed or slipped in.</summary>
public sealed class AuditSeal
{
    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The last sealed entry, inclusive.</summary>
    public required long Through { get; init; }

    /// <summary>How many entries it seals.</summary>
    public required int Count { get; init; }

    /// <summary>When it was sealed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The hash, 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }
}
