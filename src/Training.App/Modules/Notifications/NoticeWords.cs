using System.Globalization;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Notifications;
using Training.Domain.Registry;

namespace Training.App.Modules.Notifications;

/// <summary>What families read: one short sentence a notice, and where it comes from. Plain text, so that any phone shows it.</summary>
internal sealed class NoticeWords(Texts texts, AmazighTexts amazigh, PublicAddress address)
{
    /// <summary>Most sentences in one message; the family's page has the others.</summary>
    private const int SentencesMax = 4;

    /// <summary>The message to one family.</summary>
    public async Task<string> MessageAsync(
        IReadOnlyList<(NoticeKind Kind, Telling Telling)> told, FamilyLanguage language, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        using var _ = Speaking.In(await LanguageAsync(language, told.Select(one => one.Kind), cancellationToken));
        var lines = told.Take(SentencesMax).Select(one => Sentence(one.Kind, one.Telling)).ToList();
        if (told.Count > SentencesMax) lines.Add(texts["notifications.sms.more", told.Count - SentencesMax]);
        var site = directory.Site(told[0].Telling.SiteId);
        lines.Add($"{(Languages.Current == "ar" ? site.NameAr : site.NameFr)} {address.FamilyDoor}");
        return string.Join('\n', lines);
    }

    /// <summary>The language in which a family hears of these: Amazigh when all of them can be said in it.</summary>
    public ValueTask<FamilyLanguage> LanguageAsync(FamilyLanguage wanted, IEnumerable<NoticeKind> kinds, CancellationToken cancellationToken) =>
        amazigh.LanguageAsync(wanted, cancellationToken, kinds.Select(kind => $"notifications.sms.{kind}").Append("notifications.sms.more"));

    /// <summary>One notice in the language of the current request.</summary>
    public string Sentence(NoticeKind kind, Telling telling)
    {
        var name = Languages.Current == "ar" ? telling.Child.Arabic ?? telling.Child.Latin : telling.Child.Latin ?? telling.Child.Arabic;
        var (day, hour) = telling.At is { } at
            ? (MoroccanCalendar.ShortDate(DateOnly.FromDateTime(at)), at.ToString("HH:mm", CultureInfo.InvariantCulture))
            : ("", "");
        return texts[$"notifications.sms.{kind}", name, day, hour];
    }
}
