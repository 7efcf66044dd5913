using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Certificates;
using Training.App.Platform;
using Training.App.Platform.Commands;
using Training.App.Tests.Modules.Attendance;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using UglyToad.PdfPig;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>What lies in the file store, read, printed in numbers, damaged and made anew.</summary>
[TestFixture]
internal sealed class CertificateDocumentsTests
{
    private const int Children = 6;

    private Workshop workshop = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(Children);
        await workshop.CompleteAsync();
        foreach (var youth in workshop.Youths) await workshop.IssuedAsync(youth);
    }

    [OneTimeTearDown]
    public Task Stop() => workshop.DisposeAsync().AsTask();

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task A_damaged_or_missing_document_is_made_anew_to_the_same_hash(int child, bool damaged)
    {
        var number = (await workshop.IssuedAsync(workshop.Youths[child])).Number();
        var before = await PdfAsync(number);
        var path = await PathAsync(number);
        if (damaged) await DamageAsync(path);
        else File.Delete(path);

        Assert.That(await PdfAsync(number), Is.EqualTo(before));
        Assert.That(await StoredFiles.ReadAsync(workshop.App.Storage, path), Is.EqualTo(before), "it lies in its place again");
    }

    [Test]
    public async Task A_document_that_cannot_be_made_the_same_again_is_reported_and_nobody_gets_another()
    {
        var number = (await workshop.IssuedAsync(workshop.Youths[2])).Number();
        var path = await PathAsync(number);
        var whole = await StoredFiles.ReadAsync(workshop.App.Storage, path);
        await ChangeAsync(number, set => set.SetProperty(row => row.Minutes, row => row.Minutes + 60));
        await DamageAsync(path);

        using var answer = await workshop.Staff.GetAsync($"/api/certificates/{number}/pdf");
        using var output = new StringWriter();
        var exit = await workshop.App.InsideAsync(services => ActivatorUtilities.CreateInstance<CheckFilesCommand>(services)
            .RunAsync(new CommandArguments([], []), output, CancellationToken.None));

        Assert.That(((int)answer.StatusCode, await answer.CodeAsync(), exit), Is.EqualTo((409, "documentLost", 1)));
        Assert.That(output.ToString(), Does.Contain($"{number} is lost"));
        await ChangeAsync(number, set => set.SetProperty(row => row.Minutes, row => row.Minutes - 60));
        Assert.That(await PdfAsync(number), Is.EqualTo(whole), "and comes back when it can");
    }

    [Test]
    public async Task A_site_is_printed_as_one_document_whose_pages_share_their_fonts()
    {
        var single = (await PdfAsync((await workshop.IssuedAsync(workshop.Youths[3])).Number())).Length;
        var all = await workshop.Staff.GetByteArrayAsync("/api/certificates/print?edition=football-2026&site=RSB");

        using var document = PdfDocument.Open(all);
        Assert.That(document.NumberOfPages, Is.EqualTo(Children));
        Assert.That(all, Has.Length.LessThan(single * Children / 2));
    }

    [Test]
    public async Task A_zip_holds_the_very_files_under_their_numbers()
    {
        var number = (await workshop.IssuedAsync(workshop.Youths[4])).Number();
        using var zip = new ZipArchive(new MemoryStream(await workshop.Staff.GetByteArrayAsync("/api/certificates/print?edition=football-2026&site=RSB&format=zip")));

        Assert.That(zip.Entries, Has.Count.EqualTo(Children));
        using var content = new MemoryStream();
        await using (var entry = await zip.GetEntry($"{number}.pdf")!.OpenAsync()) await entry.CopyToAsync(content);
        Assert.That(content.ToArray(), Is.EqualTo(await PdfAsync(number)));
    }

    [TestCase("edition=football-2026&site=WAC", 404)]
    [TestCase("edition=football-2026", 404)]
    [TestCase("edition=football-2026&site=RSB&kind=participation", 404)]
    [TestCase("edition=football-2026&site=RSB&format=docx", 400)]
    [TestCase("tournament=n-nonsense", 404)]
    public async Task What_is_not_there_is_not_printed(string query, int status)
    {
        using var answer = await workshop.Staff.GetAsync($"/api/certificates/print?{query}");
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Another_club_prints_nothing_of_this_one()
    {
        using var stranger = await workshop.App.SiteAsync("WAC");
        using var answer = await stranger.GetAsync("/api/certificates/print?edition=football-2026&site=RSB");
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    private Task<byte[]> PdfAsync(string number) => workshop.Staff.GetByteArrayAsync($"/api/certificates/{number}/pdf");

    private async Task<string> PathAsync(string number)
    {
        var hash = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<Certificate>()
            .Where(row => row.Number == number).Select(row => row.FileHash!).SingleAsync());
        return StoredFiles.PathOf(workshop.App.Storage, hash);
    }

    private static async Task DamageAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
    }

    private Task ChangeAsync(string number, Action<UpdateSettersBuilder<Certificate>> change) =>
        workshop.App.InsideAsync(services => services.GetRequiredService<IWriteGate>().WriteAsync<int>(
            AccessScope.Whole, async (write, token) => await write.Db.Set<Certificate>().Where(row => row.Number == number).ExecuteUpdateAsync(change, token),
            CancellationToken.None));
}
