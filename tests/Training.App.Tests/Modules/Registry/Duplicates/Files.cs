using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Tests.Modules.Enrollments;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Registry.Duplicates;

/// <summary>What a coordinator does with two files of one child, in words.</summary>
internal static class Files
{
    /// <summary>Yasmine as another club wrote her: another spelling, another phone, no Arabic name.</summary>
    public static JsonObject YasmineAgain(string site = "RSB", string edition = "football-2026")
    {
        var body = Bodies.Yasmine(site, edition);
        body["participant"]!["givenName"] = "Yassmine";
        body["participant"]!["familyName"] = "Alaoui";
        body["participant"]!["givenNameAr"] = null;
        body["participant"]!["familyNameAr"] = null;
        body["guardians"]![0]!["name"] = "Samira Alaoui";
        body["guardians"]![0]!["phone"] = "0655555555";
        body["consents"] = new JsonArray();
        body["duplicateDecision"] = "notADuplicate";
        return body;
    }

    /// <summary>Registers and answers enrollment, participant and claim code.</summary>
    public static async Task<Youngster> OpenAsync(this HttpClient client, JsonObject body)
    {
        var answer = await TrainingApplication.RegisterAsync(client, body);
        return new Youngster(answer.Text("enrollment")!, answer.Text("participant")!, answer.Text("claimCode")!);
    }

    /// <summary>Says what a pair is; the answer may be a refusal.</summary>
    public static Task<HttpResponseMessage> DecideAsync(this HttpClient client, string pair, object body) =>
        client.PostAsJsonAsync($"/api/duplicates/{pair}/decision", body);

    /// <summary>Merges two files and answers the one code; the pair need not be known before.</summary>
    public static async Task<string> MergeAsync(this HttpClient client, Youngster one, Youngster other, Youngster? survivor = null)
    {
        using var named = await client.PostAsJsonAsync("/api/duplicates", new { participant = one.Participant, other = other.Participant });
        Assert.That((int)named.StatusCode, Is.EqualTo(201), await named.Content.ReadAsStringAsync());
        using var decided = await client.DecideAsync((await named.JsonAsync()).Text("id")!, new { decision = "same", survivor = survivor?.Participant });
        Assert.That((int)decided.StatusCode, Is.EqualTo(200), await decided.Content.ReadAsStringAsync());
        return (await decided.JsonAsync()).Text("participant")!;
    }

    /// <summary>Undoes a merge; the answer may be a refusal.</summary>
    public static Task<HttpResponseMessage> UndoAsync(this HttpClient client, Youngster one, Youngster other, string? reason = "Two sisters after all") =>
        client.PostAsJsonAsync($"/api/duplicates/{one.Participant}_{other.Participant}/undo", new { reason });

    /// <summary>One child's file.</summary>
    public static async Task<JsonElement> FileAsync(this HttpClient client, string code)
    {
        var answer = await client.GetAsync(new Uri($"/api/participants/{code}", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), code);
        return await answer.JsonAsync();
    }

    /// <summary>Everything that hangs on two children, as text: before and after are equal or they are not.</summary>
    public static Task<string> EverythingAsync(this TrainingApplication app) => app.InsideAsync(async services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        db.Scope = AccessScope.Whole;
        var lines = new List<string>();
        lines.AddRange((await db.Set<Participant>().IgnoreQueryFilters().AsNoTracking().OrderBy(row => row.Id).ToListAsync()).Select(row =>
            $"participant {row.Id} {row.GivenName} {row.FamilyName} {row.GivenNameAr} {row.FamilyNameAr} {row.MassarCode} {row.LicenceNumber} {row.ProvinceId} → {row.MergedIntoId}"));
        lines.AddRange((await db.Set<Enrollment>().AsNoTracking().OrderBy(row => row.Id).ToListAsync()).Select(row =>
            $"enrollment {row.Id} of {row.ParticipantId} {row.Status} {row.Slot} {row.EndReason} {row.EndedAt:O} {row.MergedIntoId}"));
        lines.AddRange((await db.Set<Consent>().AsNoTracking().OrderBy(row => row.Id).ToListAsync()).Select(row => $"consent {row.Id} of {row.ParticipantId} by {row.GuardianId}"));
        lines.AddRange((await db.Set<Guardianship>().AsNoTracking().OrderBy(row => row.ParticipantId).ThenBy(row => row.GuardianId).ToListAsync()).Select(row =>
            $"guardian {row.GuardianId} of {row.ParticipantId} {row.Relationship} {row.Position}"));
        lines.AddRange((await db.Set<Training.Domain.Certificates.Certificate>().AsNoTracking().OrderBy(row => row.Id).ToListAsync()).Select(row =>
            $"certificate {row.Number} of {row.ParticipantId} {row.EnrollmentId} {row.Kind}"));
        lines.AddRange((await db.Set<Group>().AsNoTracking().OrderBy(row => row.Id).ToListAsync()).Select(row => $"group {row.Id} {row.Taken}"));
        return string.Join('\n', lines);
    });

    /// <summary>At most one live enrollment a child and edition, and none on a file that ended.</summary>
    public static Task AssertOneLiveEnrollmentAsync(this TrainingApplication app) => app.InsideAsync(async services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        db.Scope = AccessScope.Whole;
        var live = await db.Set<Enrollment>().AsNoTracking().Where(row => row.Slot == 0).ToListAsync();
        Assert.That(live.GroupBy(row => (row.ParticipantId, row.EditionId)).Where(group => group.Count() > 1), Is.Empty);
        var files = await db.Set<Participant>().Select(row => row.Id).ToListAsync();
        Assert.That(live.Select(row => row.ParticipantId).Distinct(), Is.SubsetOf(files));
        return true;
    });
}

/// <summary>What registration said of a child.</summary>
internal sealed record Youngster(string Enrollment, string Participant, string ClaimCode);
