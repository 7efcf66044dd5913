using System.Globalization;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Notifications;
using Training.Domain.Registry;

namespace Training.App.Modules.Notifications;

/// <summary>What families read: one short sentence a notice, and where it comes from. Plain text, so that any phone shows it.</summary>
internal sealed class NoticeWords(Texts texts, PublicAddress address)
{
    /// <summary>Most sentences in one message; the family's page has the others.</summary>
    private const int SentencesMax = 4;

    /// <summary>The message to one family.</summary>
    public string Message(IReadOnlyList<(NoticeKind Kind, Telling Telling)> told, FamilyLanguage language, DirectorySnapshot directory)
    {
        using var _ = Speaking.In(language);
        var lines = told.Take(SentencesMax).Select(one => Sentence(one.Kind, one.Telling)).ToList();
        if (told.Count > SentencesMax) lines.Add(texts["notifications.sms.more", told.Count - SentencesMax]);
        var site = directory.Site(told[0].Telling.SiteId);
        lines.Add($"{(Languages.Current == "ar" ? site.NameAr : site.NameFr)} {address.FamilyDoor}");
        return string.Join('\n', lines);
    }

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
