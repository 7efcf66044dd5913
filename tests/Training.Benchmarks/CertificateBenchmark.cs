using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Training.App.Modules.Certificates.Rendering;
using Training.App.Platform.Seeding.Synthetic;

namespace Training.Benchmarks;

/// <summary>Certificates per second of one core's work, beside writing the same bytes to files.</summary>
internal static class CertificateBenchmark
{
    private const int Counted = 3_000;

    public static void Run(ResultTable table)
    {
        var people = new SyntheticPeople(new SyntheticOptions { ReferenceFolder = ImportBenchmark.Reference, Rows = Counted }).Generate().ToArray();
        var renderer = new CertificateRenderer();
        var contents = people.Select(Content).ToArray();
        foreach (var content in contents.AsSpan(0, 500)) renderer.Render(content);

        // As they are issued: the statement of each is signed before it is printed.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var files = new List<byte[]>(Counted);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var content in contents) files.Add(renderer.Render(content with { SignedAddress = SignedAddress(key, content.VerificationAddress) }));
        var rendered = Process.GetCurrentProcess().TotalProcessorTime - before;

        var folder = Directory.CreateTempSubdirectory("training-certificates-").FullName;
        before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < files.Count; i++) File.WriteAllBytes(Path.Combine(folder, $"{i}.pdf"), files[i]);
        var written = Process.GetCurrentProcess().TotalProcessorTime - before;
        Directory.Delete(folder, recursive: true);

        table.Add(
            "certificates per core-second",
            string.Create(CultureInfo.InvariantCulture, $"{Counted / rendered.TotalSeconds:F0}/core-s, mean {files.Average(file => file.Length) / 1000:F1} KB, largest {files.Max(file => file.Length) / 1000.0:F1} KB"),
            string.Create(CultureInfo.InvariantCulture, $"{Counted / written.TotalSeconds:F0}/core-s raw file write"),
            string.Create(CultureInfo.InvariantCulture, $"{written / rendered:F3}"),
            ">= 500/core-s, <= 50 KB");
    }

    /// <summary>A statement of the usual length with its signature behind the address.</summary>
    private static string SignedAddress(ECDsa key, string address)
    {
        byte[] said = [.. Encoding.ASCII.GetBytes(address).AsSpan(0, 18)];
        return $"{address}#{Base64Url.EncodeToString([.. said, .. key.SignData(said, HashAlgorithmName.SHA256)])}";
    }

    private static CertificateContent Content(SyntheticPerson person, int i) => new()
    {
        Kind = CertificateKind.Completion,
        LatinName = $"{person.GivenName} {person.FamilyName}".Trim(),
        ArabicName = $"{person.GivenNameAr} {person.FamilyNameAr}".Trim(),
        Gender = i % 2 == 0 ? HolderGender.Female : HolderGender.Male,
        BirthDate = new DateOnly(2012, 1, 1).AddDays(i % 1500),
        ProgrammeFrench = "Intelligence artificielle et football, saison 2026-2027",
        ProgrammeArabic = "الذكاء الاصطناعي وكرة القدم، موسم 2026-2027",
        BodyFrench = "a suivi avec assiduité les ateliers du",
        BodyArabic = "قد تابع بانتظام ورشات",
        Hours = 12,
        SiteFrench = "Renaissance Sportive de Berkane",
        SiteArabic = "نهضة بركان",
        IssueDate = new DateOnly(2026, 11, 23),
        CityFrench = "Berkane",
        CityArabic = "بركان",
        SignatoryFrench = "Prénom Nom (exemple)",
        SignatoryArabic = "الاسم الكامل (مثال)",
        SignatoryTitleFrench = "Directeur du programme",
        SignatoryTitleArabic = "مدير البرنامج",
        IssuerFrench = "Direction nationale du programme",
        IssuerArabic = "المديرية الوطنية للبرنامج",
        Number = string.Create(CultureInfo.InvariantCulture, $"2026-{i:D7}"),
        VerificationAddress = string.Create(CultureInfo.InvariantCulture, $"https://training.example/v/{i:D26}"),
    };
}
