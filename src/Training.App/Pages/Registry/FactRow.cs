using System.Globalization;
using Training.App.Modules.Registry.Duplicates;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Pages.Registry;

/// <summary>One fact of both files.</summary>
/// <param name="Label">What it is.</param>
/// <param name="A">Of the older file, a line each; empty when unknown.</param>
/// <param name="B">Of the newer file.</param>
/// <param name="Written">How it is written: <c>ltr</c> for dates, codes and Latin names; null for the page's own direction.</param>
/// <param name="IsCode">True for the participant codes.</param>
internal sealed record FactRow(string Label, IReadOnlyList<string> A, IReadOnlyList<string> B, string? Written, bool IsCode = false)
{
    /// <summary>True when both are known and not the same; a code is always another one and tells nothing.</summary>
    public bool Differs => !IsCode && A.Count > 0 && B.Count > 0 && !A.SequenceEqual(B);

    /// <summary>True when both are known and the same.</summary>
    public bool Agrees => A.Count > 0 && A.SequenceEqual(B);

    /// <summary>The facts that tell children apart, in the order in which people compare them.</summary>
    public static IReadOnlyList<FactRow> Of(GetDuplicate.Response shown, DirectorySnapshot directory, Texts texts)
    {
        var (a, b) = (shown.A, shown.B);
        var (sideA, sideB) = (shown.Pair.A, shown.Pair.B);
        FactRow Row(string key, Func<GetDuplicate.FileSide, string?> value, bool written = true) => new(texts[key], Line(a, value), Line(b, value), written ? "ltr" : null);
        List<FactRow> rows =
        [
            new(texts["registry.duplicates.code"], [sideA.Participant], [sideB.Participant], "ltr", IsCode: true),
            new(texts["enrollments.duplicate.name"], One(a is null ? sideA.Name : DisplayName.Join(a.GivenName, a.FamilyName)), One(b is null ? sideB.Name : DisplayName.Join(b.GivenName, b.FamilyName)), "ltr"),
            new(texts["enrollments.duplicate.nameAr"], One(a is null ? sideA.NameAr : DisplayName.Join(a.GivenNameAr, a.FamilyNameAr)), One(b is null ? sideB.NameAr : DisplayName.Join(b.GivenNameAr, b.FamilyNameAr)), "rtl"),
            new(texts["enrollments.register.birthDate"], [Birth(a, sideA)], [Birth(b, sideB)], "ltr"),
            Row("enrollments.register.sex", file => texts[file.Sex == Sex.Female ? "enrollments.register.female" : "enrollments.register.male"], written: false),
            Row("enrollments.register.province", file => directory.FindProvince(file.Province)?.Name(), written: false),
            Row("registry.file.massar", file => file.MassarCode),
            Row("registry.duplicates.fifa", file => file.FifaId),
            Row("registry.file.licence", file => file.LicenceNumber),
            new(texts["registry.file.guardians"], Guardians(a), Guardians(b), null),
            new(texts["registry.file.enrollments"], Places(a, directory, texts), Places(b, directory, texts), null),
            Row("registry.duplicates.opened", file => file.CreatedAt.ToLocal().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)),
            new(texts["registry.duplicates.region"], Regions(sideA, directory), Regions(sideB, directory), null),
        ];
        return [.. rows.Where(row => row.A.Count + row.B.Count > 0)];
    }

    private static string[] One(string? value) => string.IsNullOrEmpty(value) ? [] : [value];

    private static string[] Line(GetDuplicate.FileSide? file, Func<GetDuplicate.FileSide, string?> value) => file is null ? [] : One(value(file));

    private static string Birth(GetDuplicate.FileSide? file, PairSide side) =>
        file?.BirthDate.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? side.BirthYear.ToString(CultureInfo.InvariantCulture);

    private static string[] Guardians(GetDuplicate.FileSide? file) => file is null ? [] : [.. file.Guardians.Select(guardian =>
        guardian.Phone is null ? guardian.Name : $"\u2068{guardian.Name}\u2069 \u2066{PhoneNumber.FromE164(guardian.Phone).ToDisplay()}\u2069")];

    private static string[] Places(GetDuplicate.FileSide? file, DirectorySnapshot directory, Texts texts) => file is null ? [] : [.. file.Enrollments.Select(row =>
        $"{directory.FindEdition(row.Edition)!.Name()} · {directory.FindSite(row.Site)!.Name()} · {texts[$"enrollments.status.{DuplicatesModel.Low(row.Status)}"]} · {texts["registry.duplicates.attended", row.Attended]}")];

    private static string[] Regions(PairSide side, DirectorySnapshot directory) => [.. side.Regions.Select(code => directory.FindRegion(code)!.Name())];
}
