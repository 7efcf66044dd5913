using Training.Data.Bulk;
using Training.Data.Writing;

namespace Training.Data.Sqlite.Bulk;

/// <summary>A prepared look into the index for each child: there is no round trip to save here.</summary>
public sealed class SqliteHomonymProbe : IHomonymProbe
{
    private const string Sql = """SELECT "Id" FROM "Participants" WHERE "BirthDate" = @p0 AND "Sex" = @p1 AND "NameKey" = @p2""";

    /// <inheritdoc/>
    public Task<IReadOnlyList<(int Row, int ParticipantId)>> FindAsync(
        WriteSession session, IReadOnlyCollection<HomonymQuestion> questions, CancellationToken cancellationToken)
    {
        var found = new List<(int Row, int ParticipantId)>();
        foreach (var question in questions)
        {
            using var namesakes = session.Sql.Query(Sql, question.BirthDate, question.Sex, question.NameKey);
            while (namesakes.Next()) found.Add((question.Row, namesakes.Number(0)));
        }
        return Task.FromResult<IReadOnlyList<(int Row, int ParticipantId)>>(found);
    }
}
