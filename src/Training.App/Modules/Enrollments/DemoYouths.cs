using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Seeding;
using Training.App.Platform.Seeding.Synthetic;
using Training.Domain.Directory;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments;

/// <summary>Five hundred invented youths at a few sites of both tracks, registered as a coach would register them.</summary>
internal sealed class DemoYouths(IServiceScopeFactory scopes, DirectoryCatalog catalog, ReadDb db) : IDemoPart
{
    private const int Youths = 500;

    /// <summary>The sites of the demo accounts stand here twice: they are the ones looked at.</summary>
    private static readonly string[] Sites =
    [
        "RSB", "RSB", "MJ-04-001", "MJ-04-001", "AS-FAR", "WAC", "RCA", "FUS", "MAS", "DHJ", "HUSA", "IRT", "RBM", "MJ-01-001", "MJ-08-001", "MJ-09-001",
    ];

    public int Order => 2;

    public async Task SeedAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        // The same people come at every start: one that was killed goes on with those who are missing.
        var there = (await db.Set<Participant>().Select(row => new { row.BirthDate, row.GivenName, row.GivenNameAr }).ToListAsync(cancellationToken))
            .Select(row => (row.BirthDate, row.GivenName, row.GivenNameAr)).ToHashSet();
        var people = new SyntheticPeople(new SyntheticOptions
        {
            ReferenceFolder = ReferenceFiles.DefaultFolder,
            Rows = Youths,
            Sites = [.. Sites.Select(code => new SyntheticSite(code, directory.Province(directory.FindSite(code)!.ProvinceId).Code))],
        });
        var missing = people.Generate().Where(person => !there.Contains((person.BirthDate, person.GivenName, person.GivenNameAr)));
        // Several at once share a durable commit.
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (person, token) =>
        {
            var edition = directory.FindSite(person.SiteCode)!.Kind == SiteKind.Club ? "football-2026" : "youthhouse-2026";
            await using var scope = scopes.CreateAsyncScope();
            var made = await scope.ServiceProvider.GetRequiredService<RegisterParticipant.Handler>().HandleAsync(RequestOf(person, edition), token);
            if (!made.Succeeded) throw new InvalidOperationException($"A demo youth was refused: {made.Error.Code}.");
        });
    }

    private static RegisterParticipant.Request RequestOf(SyntheticPerson person, string edition) => new()
    {
        Edition = edition,
        Site = person.SiteCode,
        Participant = new RegisterParticipant.ChildInput
        {
            GivenName = person.GivenName,
            FamilyName = person.FamilyName,
            GivenNameAr = person.GivenNameAr,
            FamilyNameAr = person.FamilyNameAr,
            BirthDate = person.BirthDate,
            Sex = person.IsFemale ? Sex.Female : Sex.Male,
            Province = person.ProvinceCode,
            MassarCode = person.MassarCode,
        },
        Guardians =
        [
            new RegisterParticipant.GuardianRequest
            {
                Name = person.GuardianName,
                Relationship = RelationshipOf(person.Relationship),
                Phone = person.GuardianPhone,
                NoPhone = false,
                Language = person.PrefersFrench ? "fr" : "ar",
            },
        ],
        Consents = person.ConsentOn is { } day ? [new RegisterParticipant.ConsentRequest(ConsentPurpose.Participation, ConsentMethod.Paper, 0, day)] : [],
        DuplicateDecision = DuplicateDecision.NotADuplicate,
    };

    private static Relationship RelationshipOf(SyntheticRelationship relationship) => relationship switch
    {
        SyntheticRelationship.Mother => Relationship.Mother,
        SyntheticRelationship.Father => Relationship.Father,
        SyntheticRelationship.LegalGuardian => Relationship.LegalGuardian,
        _ => throw new ArgumentOutOfRangeException(nameof(relationship)),
    };
}
