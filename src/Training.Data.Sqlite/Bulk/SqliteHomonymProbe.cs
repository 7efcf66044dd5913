using Training.Data.Bulk;

namespace Training.Data.Sqlite.Bulk;

/// <summary>The list drives the join, so that each child is one look into the index.</summary>
public sealed class SqliteHomonymProbe : JsonHomonymProbe
{
    /// <inheritdoc/>
    protected override string Sql => """
        SELECT asked.value ->> 0 AS "Row", known."Id" AS "ParticipantId"
        FROM json_each({0}) AS asked CROSS JOIN "Participants" AS known
        WHERE known."BirthDate" = (asked.value ->> 1) AND known."Sex" = (asked.value ->> 2) AND known."NameKey" = (asked.value ->> 3)
        """;
}
