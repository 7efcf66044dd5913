namespace Training.Domain.Access;

/// <summary>Who may give and take which role: the level above, within its own scope. The first accounts come from the shell.</summary>
public static class Granting
{
    /// <summary>Days for which an invitation opens.</summary>
    public const int InvitationDays = 7;

    /// <summary>Roles that the holder of a role gives.</summary>
    public static IReadOnlyList<Role> GivenBy(Role role) => role switch
    {
        Role.Directorate => [Role.Coordinator, Role.Coach, Role.Facilitator, Role.Operator],
        Role.Coordinator => [Role.Coach, Role.Facilitator],
        _ => [],
    };

    /// <summary>True when a role held from one day to another, both inclusive and each null when open, counts on a day.</summary>
    public static bool CountsOn(DateOnly? startsOn, DateOnly? endsOn, DateOnly day) => !(startsOn > day) && !(endsOn < day);
}
