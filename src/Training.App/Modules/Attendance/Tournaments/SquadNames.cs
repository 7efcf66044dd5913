using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Attendance.Tournaments;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>How a squad's day is called where sessions are listed.</summary>
/// <param name="Name">Category and tournament.</param>
/// <param name="Tournament">Tournament id.</param>
/// <param name="Players">How many play.</param>
internal sealed record SquadName(string Name, string Tournament, int Players);

/// <summary>Calls squads by their names.</summary>
internal static class SquadNames
{
    /// <summary>The names of squads whose sessions the caller has been found to see.</summary>
    public static async Task<IReadOnlyDictionary<int, SquadName>> OfAsync(ReadDb db, int[] squads, CancellationToken cancellationToken)
    {
        if (squads.Length == 0) return new Dictionary<int, SquadName>();
        var rows = await (from squad in db.Set<Squad>().IgnoreQueryFilters()
                          join tournament in db.Set<Tournament>() on squad.TournamentId equals tournament.Id
                          where squads.Contains(squad.Id)
                          select new
                          {
                              squad.Id,
                              squad.Category,
                              squad.TournamentId,
                              tournament.Name,
                              Players = db.Set<SquadPlayer>().Count(player => player.SquadId == squad.Id),
                          }).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Id, row => new SquadName(Of(row.Category, row.Name), OpaqueId.Tournament(row.TournamentId), row.Players));
    }

    /// <summary><c>U13 · Tournoi de l’Oriental</c>.</summary>
    public static string Of(int category, string tournament) => string.Create(CultureInfo.InvariantCulture, $"U{category} · {tournament}");
}
