using Training.Data.Bulk;

namespace Training.Data.SqlServer.Bulk;

/// <summary>The list drives the join, so that each child is one look into the index.</summary>
public sealed class SqlServerHomonymProbe : JsonHomonymProbe
{
    /// <inheritdoc/>
    protected override string Sql => """
        SELECT asked.[Row], known.[Id] AS [ParticipantId]
        FROM OPENJSON({0}) WITH ([Row] int '$[0]', [BirthDate] date '$[1]', [Sex] tinyint '$[2]', [NameKey] nvarchar(130) '$[3]') AS asked
        INNER LOOP JOIN [Participants] AS known
            ON known.[BirthDate] = asked.[BirthDate] AND known.[Sex] = asked.[Sex] AND known.[NameKey] = asked.[NameKey]
        """;
}
