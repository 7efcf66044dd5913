using Training.App.Platform.Http;
using Training.Domain.Directory;

namespace Training.App.Pages.Shared;

/// <summary>Names of the directory in the reader's language.</summary>
internal static class DirectoryNames
{
    public static string Name(this Region row) => Pick(row.NameFr, row.NameAr);

    public static string Name(this Province row) => Pick(row.NameFr, row.NameAr);

    public static string Name(this League row) => Pick(row.NameFr, row.NameAr);

    public static string Name(this Site row) => Pick(row.NameFr, row.NameAr);

    public static string Name(this Edition row) => Pick(row.NameFr, row.NameAr);

    public static string Name(this CurriculumModule row) => Pick(row.NameFr, row.NameAr);

    private static string Pick(string french, string arabic) => Languages.Current == "ar" ? arabic : french;
}
