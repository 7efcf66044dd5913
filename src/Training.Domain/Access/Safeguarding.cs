namespace Training.Domain.Access;

/// <summary>What is recorded of an adult who works with children.</summary>
public enum SafeguardingKind : byte
{
    /// <summary>The code of conduct was signed.</summary>
    CodeOfConduct = 1,

    /// <summary>The safeguarding training was followed.</summary>
    Training = 2,

    /// <summary>The screening was done.</summary>
    Screening = 3,
}

/// <summary>How a part of the record stands on a day. The system records and reminds; it does not judge.</summary>
public enum SafeguardingStanding
{
    /// <summary>Nothing is recorded.</summary>
    Missing,

    /// <summary>What was recorded holds no more.</summary>
    Expired,

    /// <summary>It holds for thirty days or less.</summary>
    ExpiresSoon,

    /// <summary>It holds.</summary>
    Current,
}

/// <summary>Rules of the record.</summary>
public static class Safeguarding
{
    /// <summary>Days before its end at which a part is called to mind.</summary>
    public const int SoonDays = 30;

    /// <summary>True for roles whose holders work with children.</summary>
    public static bool Concerns(Role role) => role is Role.Coach or Role.Facilitator or Role.Assistant;

    /// <summary>How a part stands.</summary>
    /// <param name="isRecorded">True when it is recorded.</param>
    /// <param name="endsOn">Last day on which it holds; null: without end.</param>
    /// <param name="today">The day.</param>
    public static SafeguardingStanding StandingOf(bool isRecorded, DateOnly? endsOn, DateOnly today) =>
        !isRecorded ? SafeguardingStanding.Missing
        : endsOn is not { } last ? SafeguardingStanding.Current
        : last < today ? SafeguardingStanding.Expired
        : last <= today.AddDays(SoonDays) ? SafeguardingStanding.ExpiresSoon
        : SafeguardingStanding.Current;
}
