using Training.App.Platform.Files;
using Training.Data.Sealing;

namespace Training.App.Tests.Platform.Files;

internal sealed class DamagedFilesTests
{
    [Test]
    public async Task A_damaged_file_is_given_to_none_of_its_readers_and_its_place_is_free_for_the_right_bytes()
    {
        var root = Directory.CreateTempSubdirectory("training-files-").FullName;
        try
        {
            var keys = new SealingKeys(Path.Combine(root, "keys"));
            keys.Make(DateTimeOffset.UnixEpoch);
            var store = new FolderFileStore(root, keys);
            var stored = await store.SaveAsync("as it was"u8.ToArray(), CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(root, stored.Hash[..2], stored.Hash), "as it is");

            var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.ReadAsync(stored.Hash, CancellationToken.None))));

            Assert.That(read, Is.All.Null);
            await store.SaveAsync("as it was"u8.ToArray(), CancellationToken.None);
            Assert.That(await store.ReadAsync(stored.Hash, CancellationToken.None), Is.EqualTo("as it was"u8.ToArray()));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Of a head alone, within the tag of the first block, and within that of the second.</summary>
    [TestCase(9, 32)]
    [TestCase(9, 40)]
    [TestCase(9, 47)]
    [TestCase(0, 47)]
    [TestCase(70_000, 32 + 65_552 + 3)]
    public async Task A_file_that_was_cut_off_is_damaged_wherever_it_ends(int length, int left)
    {
        var root = Directory.CreateTempSubdirectory("training-files-").FullName;
        try
        {
            var keys = new SealingKeys(Path.Combine(root, "keys"));
            keys.Make(DateTimeOffset.UnixEpoch);
            var store = new FolderFileStore(root, keys);
            var stored = await store.SaveAsync(new byte[length], CancellationToken.None);
            await using (var file = File.OpenWrite(Path.Combine(root, stored.Hash[..2], stored.Hash))) file.SetLength(left);

            await using (var opened = store.OpenRead(stored.Hash)!)
                Assert.That(async () => await opened.CopyToAsync(Stream.Null), Throws.TypeOf<SealingException>(), "half a file is none");
            Assert.That(await store.ReadAsync(stored.Hash, CancellationToken.None), Is.Null);
            Assert.That((store.Has(stored.Hash), File.Exists(Path.Combine(root, "damaged", stored.Hash))), Is.EqualTo((false, true)), "its place is free for the right bytes");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
