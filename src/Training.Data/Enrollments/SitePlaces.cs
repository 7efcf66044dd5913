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

    private const string LeftInSite =
        "SELECT l.\"Places\" - COALESCE((SELECT SUM(g.\"Taken\") FROM \"Groups\" AS g WHERE g.\"SiteId\" = l.\"SiteId\" AND g.\"EditionId\" = l.\"EditionId\"), 0)"
        + " FROM \"SiteLimits\" AS l WHERE l.\"SiteId\" = @p0 AND l.\"EditionId\" = @p1";

    /// <summary>Key under which acts on the places of one site wait for each other.</summary>
    public static string LockOf(int siteId) => FormattableString.Invariant($"places:{siteId}");

    /// <summary>Takes a place for somebody new at the site.</summary>
    /// <returns>False when the group or its site is full.</returns>
    public static bool Take(IStatements sql, int groupId) => sql.Execute(TakeInSite, groupId) == 1;

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
