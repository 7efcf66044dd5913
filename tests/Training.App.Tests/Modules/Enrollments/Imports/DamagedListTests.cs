using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>Files that are no list, or only half of one: refused by name, nothing half-written, never a fault of the server.</summary>
public class DamagedListTests
{
    private TrainingApplication app = null!;

    [OneTimeSetUp]
    public void Start() => app = new TrainingApplication();

    [OneTimeTearDown]
    public void Stop() => app.Dispose();

    [Test]
    public async Task Refuses_an_empty_file()
    {
        using var client = app.Nation();
        using var answer = await client.UploadAsync(Array.Empty<byte>());
        Assert.That(((int)answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((400, "fileEmpty")));
    }

    [TestCase("D0CF11E0A1B11AE1", "oldWorkbook")]
    [TestCase("255044462D312E37", "pdfList")]
    [TestCase("FFD8FFE000104A464946", "pictureList")]
    [TestCase("5072E96E6F6D00000000", "notSpreadsheet")]
    public async Task Refuses_what_is_only_named_like_a_list(string start, string code)
    {
        using var client = app.Nation();
        using var answer = await client.UploadAsync([.. Convert.FromHexString(start), .. new byte[5000]]);
        Assert.That(((int)answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((415, code)));
    }

    [Test]
    public async Task Refuses_a_file_of_300_megabytes_without_keeping_it()
    {
        using var client = app.Nation();
        using var form = new MultipartFormDataContent();
        var file = new StreamContent(new Endless(300L * 1024 * 1024));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "liste.csv");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var answer = await client.PostAsync(new Uri("/api/imports?edition=football-2026&site=RSB", UriKind.Relative), form);
        Assert.That(((int)answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((413, "tooLarge")));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(30_000_000));
        var kept = new DirectoryInfo(Path.Combine(app.Storage, "files")).EnumerateFiles("*", SearchOption.AllDirectories);
        Assert.That(kept.Select(file => file.Length), Has.None.GreaterThan(10_000_000));
    }

    [Test]
    public async Task Refuses_a_request_without_a_file()
    {
        using var client = app.Nation();
        using var json = await client.PostAsync(new Uri("/api/imports?edition=football-2026&site=RSB", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"));
        using var form = new MultipartFormDataContent { { new StringContent("text"), "other" } };
        using var other = await client.PostAsync(new Uri("/api/imports?edition=football-2026&site=RSB", UriKind.Relative), form);
        Assert.That((await json.CodeAsync(), await other.CodeAsync()), Is.EqualTo(("fileMissing", "fileMissing")));
    }

    [Test]
    public async Task Refuses_a_body_that_breaks_off()
    {
        using var client = app.Nation();
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nNom;Pr"));
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var answer = await client.PostAsync(new Uri("/api/imports?edition=football-2026&site=RSB", UriKind.Relative), body);
        Assert.That(((int)answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((400, "unreadableRequest")));
    }

    [TestCase("edition=nowhere&site=RSB", 404, "editionNotFound")]
    [TestCase("site=RSB", 400, "invalidInput")]
    [TestCase("edition=football-2026&site=NOWHERE", 404, "siteNotFound")]
    [TestCase("edition=football-2026&site=MJ-04-001", 422, "siteOfOtherTrack")]
    public async Task Refuses_a_place_that_cannot_be(string query, int status, string code)
    {
        using var client = app.Nation();
        using var form = new MultipartFormDataContent { { new ByteArrayContent("Nom"u8.ToArray()), "file", "a.csv" } };
        using var answer = await client.PostAsync(new Uri($"/api/imports?{query}", UriKind.Relative), form);
        Assert.That(((int)answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((status, code)));
    }

    [TestCase("Nom;Prénom;Sexe\nA;B;F\n", "columnsMissing")]
    [TestCase("\n\n\n", "noHeadings")]
    [TestCase("x;y;z\n1;2;3\n", "noHeadings")]
    [TestCase(ImportCalls.Heading + "\n", "noRows")]
    [TestCase(ImportCalls.Heading + "\n;;;;;;\n\n", "noRows")]
    public async Task Ends_refused_with_the_problem(string list, string code)
    {
        using var client = app.Nation();
        var import = await client.PreviewAsync(list);
        Assert.That(import.GetProperty("status").GetString(), Is.EqualTo("refused"));
        Assert.That(import.GetProperty("problem").GetProperty("code").GetString(), Is.EqualTo(code));
        Assert.That(import.GetProperty("problem").GetProperty("message").GetString(), Is.Not.Empty.And.Not.Contain("errors.").And.Not.Contain("{"));
        using var commit = await client.PostAsync(new Uri($"/api/imports/{import.GetProperty("id").GetString()}/commit", UriKind.Relative), null);
        Assert.That(((int)commit.StatusCode, await commit.CodeAsync()), Is.EqualTo((409, "importUnusable")));
    }

    [Test]
    public async Task Names_the_missing_columns()
    {
        using var client = app.Nation();
        var import = await client.PreviewAsync("Nom;Prénom;Sexe;Téléphone\nA;B;F;1\n");
        Assert.That(import.GetProperty("problem").GetProperty("columns").EnumerateArray().Select(column => column.GetString()), Is.EqualTo(new[] { "birthDate", "guardianName" }));
    }

    [Test]
    public async Task Refuses_ten_thousand_columns()
    {
        using var client = app.Nation();
        var import = await client.PreviewAsync($"{ImportCalls.Heading}{string.Concat(Enumerable.Repeat(";x", 10_000))}\n{ImportCalls.Rows(2)}");
        Assert.That(import.GetProperty("problem").GetProperty("code").GetString(), Is.EqualTo("tooManyColumns"));
    }

    [Test]
    public async Task Loses_the_row_of_a_quotation_mark_that_never_closes_and_no_other()
    {
        using var client = app.Nation();
        var import = await client.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Row(300)}\"Adil;Zniber;10/10/2013;M;Hamid Zniber;0661020001;\n{ImportCalls.Rows(1500, 301)}");
        Assert.That(import.Refusals().Where(refusal => !refusal.EndsWith("possibleDuplicateInFile", StringComparison.Ordinal)), Is.EqualTo(new[] { "3 - unclosedQuote" }));
        Assert.That((import.Counts().Rows, import.Counts().Refused), Is.EqualTo((1502, 1)));
    }

    [Test]
    public async Task Refuses_rows_with_endless_cells_or_too_many_of_them_and_takes_rows_that_end_early()
    {
        using var client = app.Nation();
        var list = $"{ImportCalls.Heading}\n{new string('x', 3_000_000)};Zniber;10/10/2013;M;Hamid;0661030001;\n"
            + $"{ImportCalls.Row(400).TrimEnd()};{string.Concat(Enumerable.Repeat(";", 100_000))}y\n"
            + "Adil\0e;Zniber;10/10/2013;M;Hamid Zniber;0661030003\n\n"
            + "Adil\n";
        var import = await client.PreviewAsync(list);
        Assert.That(import.Refusals(), Is.EqualTo(new[]
        {
            "2 - cellTooLong", "3 - tooManyCells", "6 familyName nameMissing", "6 birthDate missing", "6 sex missing", "6 guardianName missing", "6 guardianPhone phoneMissing",
        }));
        Assert.That(import.Counts(), Is.EqualTo((4, 1, 0, 0, 0, 3)));
    }

    [Test]
    public async Task Takes_any_bytes_without_a_fault_of_the_server()
    {
        using var client = app.Nation();
        var random = new Random(20261123);
        for (var i = 0; i < 60; i++)
        {
            var list = Encoding.UTF8.GetBytes($"{ImportCalls.Heading}\n{ImportCalls.Rows(20, 2_000 + i * 20)}");
            for (var change = 0; change < 40; change++) list[random.Next(list.Length)] = (byte)"\";,\n\r\t'=0\u007f"[random.Next(10)];
            for (var change = 0; change < 5; change++) list[random.Next(list.Length)] = (byte)random.Next(1, 256);
            using var uploaded = await client.UploadAsync(list);
            Assert.That(uploaded.StatusCode, Is.EqualTo(HttpStatusCode.Accepted).Or.EqualTo(HttpStatusCode.UnsupportedMediaType));
            if (uploaded.StatusCode != HttpStatusCode.Accepted) continue;
            var import = await client.WhenAsync(uploaded.Headers.Location!.ToString(), "preview", "refused", "needsMapping");
            var counts = import.Counts();
            Assert.That(import.GetProperty("problem").ToString(), Does.Not.Contain("importBroken"));
            if (import.GetProperty("status").GetString() == "preview")
                Assert.That(counts.New + counts.Matched + counts.Already + counts.Possible + counts.Refused, Is.EqualTo(counts.Rows));
        }
    }

    private sealed class Endless(long length) : Stream
    {
        private long left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, left);
            buffer.AsSpan(offset, read).Fill((byte)'a');
            left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
