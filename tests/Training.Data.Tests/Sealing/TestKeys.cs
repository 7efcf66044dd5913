using System.Runtime.CompilerServices;
using Training.Data.Sealing;

namespace Training.Data.Tests.Sealing;

/// <summary>Keys for every test here: no database writes personal words without one.</summary>
internal static class TestKeys
{
    private static readonly SealingKeys Keys = new(Path.Combine(Path.GetTempPath(), $"training-sealing-{Environment.ProcessId}"));

    [ModuleInitializer]
    internal static void Use()
    {
        Keys.Make(DateTimeOffset.UnixEpoch);
        SealedText.Use(Keys);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Keys.Folder, recursive: true);
    }
}
