using Training.Domain.Directory;

namespace Training.App.Platform.Seeding;

/// <summary>
/// The two editions a new installation starts with. From then on they are data of the programme: a later start never
/// overwrites what the directorate has changed.
/// </summary>
internal sealed record EditionSettings(string Code, Func<int, Edition> Describe, IReadOnlyList<ModuleSettings> Modules)
{
    private const string IssuerFr = "Ministère délégué chargé de la Transition numérique et de la Réforme de l’administration";
    private const string IssuerAr = "الوزارة المنتدبة المكلفة بالانتقال الرقمي وإصلاح الإدارة";

    /// <summary>First day on which the signatory signs.</summary>
    private static readonly DateOnly InOfficeFrom = new(2026, 7, 1);

    public static IReadOnlyList<EditionSettings> All { get; } =
    [
        new("football-2026", Football,
        [
            new("ai-basics", "Découvrir l’intelligence artificielle", "اكتشاف الذكاء الاصطناعي", 120, true),
            new("data", "Comprendre les données", "فهم البيانات", 120, false),
            new("creation", "Créer avec l’intelligence artificielle", "الإبداع بالذكاء الاصطناعي", 180, false),
            new("ethics", "Usage éthique de l’intelligence artificielle", "الاستعمال الأخلاقي للذكاء الاصطناعي", 120, true),
            new("safety", "Sécurité en ligne et vie privée", "السلامة على الإنترنت وحماية الحياة الخاصة", 90, true),
            new("sport", "Le numérique au service du football", "الرقمنة في خدمة كرة القدم", 120, false),
            new("project", "Projet d’équipe", "مشروع جماعي", 150, false),
        ]),
        new("youthhouse-2026", YouthHouse,
        [
            new("digital-basics", "Compétences numériques de base", "المهارات الرقمية الأساسية", 150, true),
            new("ai-basics", "Découvrir l’intelligence artificielle", "اكتشاف الذكاء الاصطناعي", 180, true),
            new("creation", "Créer avec l’intelligence artificielle", "الإبداع بالذكاء الاصطناعي", 180, false),
            new("coding", "Premiers pas en programmation", "الخطوات الأولى في البرمجة", 150, false),
            new("ethics", "Usage éthique de la technologie et de l’intelligence artificielle", "الاستعمال الأخلاقي للتكنولوجيا والذكاء الاصطناعي", 120, true),
            new("safety", "Sécurité en ligne et vie privée", "السلامة على الإنترنت وحماية الحياة الخاصة", 120, true),
        ]),
    ];

    /// <summary>Who signs: the office is real, the name is an example until the owner enters one.</summary>
    public static Signatory SignatoryOf(int editionId, int id) => new()
    {
        Id = id,
        EditionId = editionId,
        NameFr = "Prénom Nom (exemple)",
        NameAr = "الاسم الكامل (مثال)",
        TitleFr = "La Direction nationale de l’intelligence artificielle",
        TitleAr = "المديرية الوطنية للذكاء الاصطناعي",
        ValidFrom = InOfficeFrom,
        ValidTo = null,
    };

    private static Edition Football(int id) => new()
    {
        Id = id,
        Code = "football-2026",
        Track = Track.Football,
        NameFr = "Parcours des académies de football, saison 2026/2027",
        NameAr = "مسار أكاديميات كرة القدم، موسم 2026/2027",
        Target = 200_000,
        AgeMin = 8,
        AgeMax = 18,
        AgeReferenceDate = new DateOnly(2026, 9, 1),
        StartsOn = new DateOnly(2026, 9, 15),
        EndsOn = new DateOnly(2027, 6, 30),
        DefaultGroupCapacity = 30,
        Completion = new CompletionRule(75, AllMandatoryModules: true),
        CertificateTextFr = "dans le cadre du programme national de formation des jeunes à l’intelligence artificielle et aux compétences "
            + "numériques\u00A0:",
        CertificateTextAr = "وذلك في إطار البرنامج الوطني لتكوين الشباب في الذكاء الاصطناعي والمهارات الرقمية:",
        IssuerFr = IssuerFr,
        IssuerAr = IssuerAr,
    };

    private static Edition YouthHouse(int id) => new()
    {
        Id = id,
        Code = "youthhouse-2026",
        Track = Track.YouthHouse,
        NameFr = "Parcours des maisons de jeunes, édition 2026/2027",
        NameAr = "مسار دور الشباب، دورة 2026/2027",
        Target = 20_000,
        AgeMin = 8,
        AgeMax = 18,
        AgeReferenceDate = new DateOnly(2026, 9, 1),
        StartsOn = new DateOnly(2026, 10, 1),
        EndsOn = new DateOnly(2027, 7, 31),
        DefaultGroupCapacity = 30,
        Completion = new CompletionRule(75, AllMandatoryModules: true),
        CertificateTextFr = "dans le cadre du programme national de formation des jeunes à l’intelligence artificielle et aux compétences "
            + "numériques\u00A0:",
        CertificateTextAr = "وذلك في إطار البرنامج الوطني لتكوين الشباب في الذكاء الاصطناعي والمهارات الرقمية:",
        IssuerFr = IssuerFr,
        IssuerAr = IssuerAr,
    };
}

/// <summary>A module of the curriculum; mandatory when completion asks for it.</summary>
internal sealed record ModuleSettings(string Code, string NameFr, string NameAr, int Minutes, bool Mandatory);
