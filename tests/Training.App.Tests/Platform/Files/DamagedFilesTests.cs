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
}
