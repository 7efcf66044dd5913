namespace Training.Domain.Access;

/// <summary>Who may give and take which role: the level above, within its own scope. The first accounts come from the shell.</summary>
public static class Granting
{
    /// <summary>Days for which an invitation opens.</summary>
    public const int InvitationDays = 7;

    /// <summary>
    /// Roles that the holder of a role gives. A coordinator is given by a coordinator only for a league of the own region; an assistant by who
    /// works at the group's site.
    /// </summary>
    public static IReadOnlyList<Role> GivenBy(Role role) => role switch
    {
        Role.Directorate => [Role.Coordinator, Role.Coach, Role.Facilitator, Role.Assistant, Role.Operator],
        Role.Coordinator => [Role.Coordinator, Role.Coach, Role.Facilitator, Role.Assistant],
        Role.Coach or Role.Facilitator => [Role.Assistant],
        _ => [],
    };

    /// <summary>True when a role held from one day to another, both inclusive and each null when open, counts on a day.</summary>
    public static bool CountsOn(DateOnly? startsOn, DateOnly? endsOn, DateOnly day) => !(startsOn > day) && !(endsOn < day);
}
