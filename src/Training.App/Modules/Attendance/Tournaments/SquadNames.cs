using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Attendance.Tournaments;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>How a squad's day is called where sessions are listed.</summary>
/// <param name="Name">Category, club and tournament.</param>
/// <param name="Tournament">Tournament id.</param>
/// <param name="Players">How many play.</param>
internal sealed record SquadName(string Name, string Tournament, int Players);

/// <summary>Calls squads by their names.</summary>
internal static class SquadNames
{
    /// <summary>The names of squads whose sessions the caller has been found to see.</summary>
    public static async Task<IReadOnlyDictionary<int, SquadName>> OfAsync(
        ReadDb db, DirectorySnapshot directory, int[] squads, CancellationToken cancellationToken)
    {
        if (squads.Length == 0) return new Dictionary<int, SquadName>();
        var rows = await (from squad in db.Set<Squad>().IgnoreQueryFilters()
                          join tournament in db.Set<Tournament>() on squad.TournamentId equals tournament.Id
                          where squads.Contains(squad.Id)
                          select new
                          {
                              squad.Id,
                              squad.SiteId,
                              squad.Category,
                              squad.TournamentId,
                              tournament.Name,
                              Players = db.Set<SquadPlayer>().Count(player => player.SquadId == squad.Id),
                          }).ToListAsync(cancellationToken);
        return rows.ToDictionary(
            row => row.Id, row => new SquadName(Of(row.Category, ClubOf(row.SiteId), row.Name), OpaqueId.Tournament(row.TournamentId), row.Players));

        string ClubOf(int site) => Languages.Current == "ar" ? directory.Site(site).NameAr : directory.Site(site).NameFr;
    }

    /// <summary><c>U13 · Mouloudia d’Oujda · Tournoi de l’Oriental</c>: without the club, whoever stands at the door could not tell the squads of a category apart.</summary>
    private static string Of(int category, string club, string tournament) => string.Create(CultureInfo.InvariantCulture, $"U{category} · {club} · {tournament}");
}
