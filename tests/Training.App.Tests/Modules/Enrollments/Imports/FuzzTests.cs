using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>
/// Files and bodies that nobody would send, made from those that clubs do send: no fault of the server, nothing half-written, and no
/// child's name in a log. The seed is fixed, so what fails once fails again.
/// </summary>
public class FuzzTests
{
    private const int Seed = 20_261_123;
    private const int Batch = 20;

    private static readonly string[] NamesInSamples = ["Bennani", "Chraibi", "Ouazzani", "Lahlou", "Zniber", "بناني"];

    private TrainingApplication app = null!;
    private HttpClient client = null!;
    private KeptLog log = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication(("Logging:LogLevel:Default", "Information"));
        log = new KeptLog();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        client = app.Nation();
    }

    [TearDown]
    public void Stop()
    {
        client.Dispose();
        app.Dispose();
        log.Dispose();
    }

    [Test]
    public async Task Takes_damaged_files_and_bodies() => await RunAsync(files: 160, bodies: 240);

    [Test, Category("Long")]
    public async Task Takes_ten_thousand_damaged_files_and_bodies() => await RunAsync(files: 5_000, bodies: 5_000);

    private async Task RunAsync(int files, int bodies)
    {
        var random = new Random(Seed);
        var samples = Samples();
        var ends = new Dictionary<string, int>();
        var registered = 0;
        for (var done = 0; done < files; done += Batch)
        {
            var addresses = new List<string>();
            for (var i = 0; i < Batch; i++)
            {
                var (name, bytes) = samples[random.Next(samples.Count)];
                using var answer = await client.UploadAsync(Mutate(bytes, random), name: name);
                Assert.That((int)answer.StatusCode, Is.LessThan(500), $"{name}, file {done + i}");
                if ((int)answer.StatusCode == 202) addresses.Add(answer.Headers.Location!.ToString());
                else Count(ends, await answer.CodeAsync() ?? "refused at once");
            }
            foreach (var address in addresses)
            {
                var read = await client.WhenAsync(address, "preview", "refused", "needsMapping");
                Assert.That(read.GetProperty("problem").ValueKind == JsonValueKind.Null || read.GetProperty("problem").GetProperty("code").GetString() != "importBroken", Is.True, $"{address}: {read}");
                Count(ends, read.GetProperty("status").GetString()!);
                if (read.GetProperty("status").GetString() != "preview" || random.Next(4) > 0) continue;
                var committed = await client.CommitAsync(read);
                registered += committed.Counts().New + committed.Counts().Matched;
            }
        }
        // Its second row may be its first: there is something to be decided.
        var inQuestion = await client.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Row(1)}{ImportCalls.Row(1).Replace(";06", ";07", StringComparison.Ordinal)}");
        Assert.That(inQuestion.Counts().Possible, Is.EqualTo(1), inQuestion.ToString());
        for (var i = 0; i < bodies; i++) await SendBodyAsync(random, i, inQuestion.GetProperty("id").GetString()!);
        await AssertNothingHalfWrittenAsync(registered);
        Assert.That(log.Lines.Where(line => NamesInSamples.Any(name => line.Contains(name, StringComparison.Ordinal))), Is.Empty, "a child's name in a log");
        TestContext.Out.WriteLine($"{files} files, {bodies} bodies: {string.Join(", ", ends.OrderByDescending(end => end.Value).Select(end => $"{end.Key} {end.Value}"))}; {registered} children registered");
    }

    private async Task SendBodyAsync(Random random, int number, string import)
    {
        var (method, address, body) = (number % 4) switch
        {
            0 => (HttpMethod.Put, $"/api/imports/{import}/mapping", """{ "sheet": null, "headerRow": 1, "columns": ["givenName", null, "birthDate", "sex"] }"""),
            1 => (HttpMethod.Post, $"/api/imports/{import}/decisions", """{ "decisions": [ { "number": 3, "decision": "another" } ] }"""),
            _ => (HttpMethod.Post, "/api/enrollments", Bodies.Child(number).ToJsonString()),
        };
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative))
        {
            Content = new ByteArrayContent(Mutate(Encoding.UTF8.GetBytes(body), random)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var answer = await client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.LessThan(500), $"body {number} to {address}");
    }

    private async Task AssertNothingHalfWrittenAsync(int registered)
    {
        await using var db = new TrainingDbContext(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        Assert.That(await db.Set<Enrollment>().CountAsync(row => row.ImportId != null), Is.EqualTo(registered), "what the imports say is what is there");
        Assert.That(await db.Set<Participant>().CountAsync(row => !db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.Id)), Is.Zero, "children without an enrollment");
        Assert.That(await db.Set<Participant>().CountAsync(row => !db.Set<Guardianship>().Any(tie => tie.ParticipantId == row.Id)), Is.Zero, "children without a guardian");
        Assert.That(await db.Set<Guardian>().CountAsync(row => !db.Set<Guardianship>().Any(tie => tie.GuardianId == row.Id)), Is.Zero, "guardians of nobody");
        Assert.That(await db.Set<Enrollment>().CountAsync(row => row.Status == EnrollmentStatus.Active && !db.Set<Consent>().Any(consent => consent.ParticipantId == row.ParticipantId)), Is.Zero, "active without a consent");
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..] && random.Next(3) > 0) return InPart(bytes, random);
        var mutated = new List<byte>(bytes);
        for (var times = random.Next(4); times >= 0; times--)
        {
            var at = random.Next(mutated.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < mutated.Count: mutated[at] = (byte)random.Next(256); break;
                case 1 when mutated.Count > 1: mutated.RemoveRange(at / 2, Math.Min(mutated.Count - at / 2, random.Next(1, 200))); break;
                case 2: mutated.InsertRange(at, Enumerable.Repeat((byte)"\";,\t\r\n<&\0="[random.Next(10)], random.Next(1, 40))); break;
                case 3: mutated.InsertRange(at, mutated.GetRange(at / 2, Math.Min(mutated.Count - at / 2, 300))); break;
                case 4: mutated.InsertRange(at, Encoding.UTF8.GetBytes(Odd[random.Next(Odd.Length)])); break;
                default: if (mutated.Count > 8) mutated.RemoveRange(at / 2 + 4, mutated.Count - at / 2 - 4); break;
            }
        }
        return [.. mutated];
    }

    /// <summary>Damages one part of a workbook and packs it anew, so that the damage is met behind the packing.</summary>
    private static byte[] InPart(byte[] bytes, Random random)
    {
        using var source = new ZipArchive(new MemoryStream(bytes));
        var damaged = random.Next(source.Entries.Count);
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < source.Entries.Count; i++)
            {
                using var from = source.Entries[i].Open();
                using var content = new MemoryStream();
                from.CopyTo(content);
                using var to = zip.CreateEntry(source.Entries[i].FullName, CompressionLevel.Fastest).Open();
                to.Write(i == damaged ? Mutate(content.ToArray(), random) : content.ToArray());
            }
        }
        return file.ToArray();
    }

    private static readonly string[] Odd = ["=1+1", "\u202E", "\uFEFF", "&#0;", "<!DOCTYPE x>", "99999999999999999999", "1E308", "-1", "31/02/2014", "\uD83D\uDE00", "}", "[[[[", "\\u0000", "null", "A\u0301"];

    private static void Count(Dictionary<string, int> ends, string end) => ends[end] = ends.GetValueOrDefault(end) + 1;

    private static List<(string Name, byte[] Bytes)> Samples()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!System.IO.Directory.Exists(Path.Combine(folder.FullName, "seed-data", "samples"))) folder = folder.Parent!;
        return [.. System.IO.Directory.EnumerateFiles(Path.Combine(folder.FullName, "seed-data", "samples")).Where(path => !path.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];
    }

    /// <summary>Keeps what is logged, with the values put in.</summary>
    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
