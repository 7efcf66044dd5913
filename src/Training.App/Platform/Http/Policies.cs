namespace Training.App.Platform.Http;

/// <summary>What a caller may do, by name. Which rows it reaches is the data layer's business.</summary>
internal static class Policies
{
    /// <summary>Any adult of the programmes or an organisation's machine.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>
    /// Registers, imports, keeps attendance: names and marks of children. Not the directorate, which sees figures, and a child's
    /// file only with a reason.
    /// </summary>
    public const string Enroll = nameof(Enroll);

    /// <summary>Any adult who works with children or figures, assistants included, or an organisation's machine; nothing of a child.</summary>
    public const string Adult = nameof(Adult);

    /// <summary>
    /// Keeps the sheets of sessions: whoever may enroll, and the assistant of a group. Here alone an assistant's groups count
    /// (<see cref="CallerAccessor"/>); every other door is closed to assistants.
    /// </summary>
    public const string Sheets = nameof(Sheets);

    /// <summary>Reads figures.</summary>
    public const string Report = nameof(Report);

    /// <summary>
    /// Decides for a region or the nation, or as a league for its clubs. Here, and at <see cref="Organisations"/>, a caller sees only what is
    /// coordinated (<see cref="CallerAccessor"/>), not the site of another role.
    /// </summary>
    public const string Coordinate = nameof(Coordinate);

    /// <summary>Any adult who is signed in, also one who must first set a second factor up; no machine and no family.</summary>
    public const string Account = nameof(Account);

    /// <summary>Gives and takes the roles of the levels below: also who works at a site, for its groups.</summary>
    public const string People = nameof(People);

    /// <summary>A person who answers for regions, leagues or the nation: keys of organisations and partners' addresses.</summary>
    public const string Organisations = nameof(Organisations);

    /// <summary>Runs the system; sees no child.</summary>
    public const string Operate = nameof(Operate);

    /// <summary>A family, with its own session.</summary>
    public const string Family = nameof(Family);

    /// <summary>Authentication scheme of the family's session.</summary>
    public const string FamilyScheme = "Family";

    /// <summary>True for pages and calls of families.</summary>
    public static bool IsFamilyPath(PathString path) => path.StartsWithSegments("/family") || path.StartsWithSegments("/api/family");
}
