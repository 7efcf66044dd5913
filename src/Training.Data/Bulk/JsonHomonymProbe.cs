using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Training.Data.Bulk;

/// <summary>Sends the questions as one JSON parameter, which both databases read as a table.</summary>
public abstract class JsonHomonymProbe : IHomonymProbe
{
    /// <summary>The statement: <c>{0}</c> is the parameter; columns <c>Row</c> and <c>ParticipantId</c>.</summary>
    protected abstract string Sql { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(int Row, int ParticipantId)>> FindAsync(
        TrainingDbContext db, IReadOnlyCollection<HomonymQuestion> questions, CancellationToken cancellationToken)
    {
        if (questions.Count == 0) return [];
        var found = await db.Database.SqlQueryRaw<Namesake>(Sql, Json(questions)).ToListAsync(cancellationToken);
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
