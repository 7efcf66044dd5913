using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Training.Data.Bulk;
using Training.Data.Writing;

namespace Training.Data.SqlServer.Bulk;

/// <summary>Sends the questions as one JSON parameter, read as a table that drives the join: one round trip, and each child one look into the index.</summary>
public sealed class SqlServerHomonymProbe : IHomonymProbe
{
    private const string Sql = """
        SELECT asked.[Row], known.[Id] AS [ParticipantId]
        FROM OPENJSON({0}) WITH ([Row] int '$[0]', [BirthDate] date '$[1]', [Sex] tinyint '$[2]', [NameKey] nvarchar(130) '$[3]') AS asked
        INNER LOOP JOIN [Participants] AS known
            ON known.[BirthDate] = asked.[BirthDate] AND known.[Sex] = asked.[Sex] AND known.[NameKey] = asked.[NameKey]
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(int Row, int ParticipantId)>> FindAsync(
        WriteSession session, IReadOnlyCollection<HomonymQuestion> questions, CancellationToken cancellationToken)
    {
        if (questions.Count == 0) return [];
        var found = await session.Db.Database.SqlQueryRaw<Namesake>(Sql, Json(questions)).ToListAsync(cancellationToken);
        return [.. found.Select(entry => (entry.Row, entry.ParticipantId))];
    }

    private static string Json(IReadOnlyCollection<HomonymQuestion> questions)
    {
        using var buffer = new MemoryStream(questions.Count * 48);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var question in questions)
            {
                json.WriteStartArray();
                json.WriteNumberValue(question.Row);
                json.WriteStringValue(question.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteNumberValue(question.Sex);
                json.WriteStringValue(question.NameKey);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private sealed record Namesake(int Row, int ParticipantId);
}
