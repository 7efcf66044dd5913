using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Platform.Localization;

/// <summary>
/// The validated texts in Amazigh, in memory: asked for with every text of a page, changed some times a year. Another process's change is
/// seen within a minute, and only what is newer than what is known is read.
/// </summary>
internal sealed class AmazighTexts(DbContextOptions<TrainingDbContext> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private sealed record Known(DateTimeOffset LookedAt, int Number, FrozenDictionary<string, string> Texts);

    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile Known? current;

    /// <summary>True when there is a text: without any the language is not offered. As it was at the last look.</summary>
    public bool IsOffered => current is { Texts.Count: > 0 };

    /// <summary>Number of the version in force; 0 when there is none.</summary>
    public int Number => current?.Number ?? 0;

    /// <summary>The validated text; null when there is none.</summary>
    public string? Find(string key) => current?.Texts.GetValueOrDefault(key);

    /// <summary>Looks again when the last look is a minute old; while one caller looks, the others go on with what is known.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        if (current is { } known && (time.GetUtcNow() - known.LookedAt < Life || loading.CurrentCount == 0)) return;
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (current is { } fresh && time.GetUtcNow() - fresh.LookedAt < Life) return;
            current = await ReadAsync(current, cancellationToken);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Makes the next caller look; called after a change.</summary>
    public void Forget()
    {
        if (current is { } known) current = known with { LookedAt = DateTimeOffset.MinValue };
    }

    /// <summary>The language in which a family is written to: Arabic stands in for Amazigh as a whole unless every text that is needed is there.</summary>
    public async ValueTask<FamilyLanguage> LanguageAsync(FamilyLanguage wanted, CancellationToken cancellationToken, params IEnumerable<string> keys)
    {
        if (wanted != FamilyLanguage.Amazigh) return wanted;
        await RefreshAsync(cancellationToken);
        return keys.All(key => Find(key) is not null) ? wanted : FamilyLanguage.Arabic;
    }

    public void Dispose() => loading.Dispose();

    private async Task<Known> ReadAsync(Known? former, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        var number = former?.Number ?? 0;
        var newest = await db.Set<AmazighVersion>().AsNoTracking().Where(row => row.PublishedAt != null && row.Number > number)
            .OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        if (newest is null) return new Known(time.GetUtcNow(), number, former?.Texts ?? FrozenDictionary<string, string>.Empty);
        return new Known(time.GetUtcNow(), newest.Number, JsonSerializer.Deserialize<Dictionary<string, string>>(newest.Content)!.ToFrozenDictionary());
    }
}
