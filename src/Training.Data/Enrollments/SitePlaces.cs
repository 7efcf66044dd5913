using Training.Data.Writing;

namespace Training.Data.Enrollments;

/// <summary>Takes places of groups, within the limit of their site where one is set. Where it is, the caller holds the site's lock.</summary>
public static class SitePlaces
{
    private const string TakeInGroup =
        "UPDATE \"Groups\" SET \"Taken\" = \"Taken\" + 1 WHERE \"Id\" = @p0 AND \"Taken\" < \"Capacity\"";

    private const string TakeInSite = TakeInGroup
        + " AND NOT EXISTS (SELECT 1 FROM \"SiteLimits\" AS l WHERE l.\"SiteId\" = \"Groups\".\"SiteId\" AND l.\"EditionId\" = \"Groups\".\"EditionId\""
        + " AND l.\"Places\" <= (SELECT SUM(g.\"Taken\") FROM \"Groups\" AS g WHERE g.\"SiteId\" = l.\"SiteId\" AND g.\"EditionId\" = l.\"EditionId\"))";

    private const string Waits = "e.\"Status\" = 3 AND e.\"Slot\" = 0 AND e.\"OfferExpiresAt\" IS NULL";

    /// <summary>Of a row of <c>Groups</c>: nobody waits for it, nor for its site where that has a limit.</summary>
    internal const string NobodyWaits =
        "NOT EXISTS (SELECT 1 FROM \"Enrollments\" AS e WHERE e.\"GroupId\" = \"Groups\".\"Id\" AND " + Waits + ")"
        + " AND NOT EXISTS (SELECT 1 FROM \"SiteLimits\" AS s JOIN \"Enrollments\" AS e ON e.\"SiteId\" = s.\"SiteId\" AND e.\"EditionId\" = s.\"EditionId\""
        + " WHERE s.\"SiteId\" = \"Groups\".\"SiteId\" AND s.\"EditionId\" = \"Groups\".\"EditionId\" AND " + Waits + ")";

    private const string TakeAsNewcomerInSite = TakeInSite + " AND " + NobodyWaits;

    private const string SiteIsClosed =
        "SELECT COUNT(*) FROM \"SiteLimits\" AS l WHERE l.\"SiteId\" = @p0 AND l.\"EditionId\" = @p1 AND (l.\"Places\" <= "
        + "COALESCE((SELECT SUM(g.\"Taken\") FROM \"Groups\" AS g WHERE g.\"SiteId\" = l.\"SiteId\" AND g.\"EditionId\" = l.\"EditionId\"), 0)"
        + " OR EXISTS (SELECT 1 FROM \"Enrollments\" AS e WHERE e.\"SiteId\" = l.\"SiteId\" AND e.\"EditionId\" = l.\"EditionId\" AND " + Waits + "))";

    private const string LeftInSite =
        "SELECT l.\"Places\" - COALESCE((SELECT SUM(g.\"Taken\") FROM \"Groups\" AS g WHERE g.\"SiteId\" = l.\"SiteId\" AND g.\"EditionId\" = l.\"EditionId\"), 0)"
        + " FROM \"SiteLimits\" AS l WHERE l.\"SiteId\" = @p0 AND l.\"EditionId\" = @p1";

    /// <summary>Key under which acts on the places of one site wait for each other.</summary>
    public static string LockOf(int siteId) => FormattableString.Invariant($"places:{siteId}");

    /// <summary>Takes a place for somebody new at the site.</summary>
    /// <returns>False when the group or its site is full.</returns>
    public static bool Take(IStatements sql, int groupId) => sql.Execute(TakeInSite, groupId) == 1;

    /// <summary>Takes a place for a newcomer, who passes nobody that waits: a place that came free a moment ago is theirs.</summary>
    /// <returns>False when the group or its site is full, or others wait.</returns>
    public static bool TakeAsNewcomer(IStatements sql, int groupId) => sql.Execute(TakeAsNewcomerInSite, groupId) == 1;

    /// <summary>True when the site has a limit that leaves no place to a newcomer: it is full, or others wait.</summary>
    public static bool IsClosed(IStatements sql, int siteId, int editionId)
    {
        using var rows = sql.Query(SiteIsClosed, siteId, editionId);
        return rows.Next() && rows.Number(0) > 0;
    }

    /// <summary>Takes a place for somebody who gives back one of another group of the site in the same change.</summary>
    /// <returns>False when the group is full.</returns>
    public static bool TakeInExchange(IStatements sql, int groupId) => sql.Execute(TakeInGroup, groupId) == 1;

    /// <summary>Places left under the site's limit, not below 0; null when it has none.</summary>
    public static int? Left(IStatements sql, int siteId, int editionId)
    {
        using var rows = sql.Query(LeftInSite, siteId, editionId);
        return rows.Next() ? Math.Max(0, rows.Number(0)) : null;
    }
}
