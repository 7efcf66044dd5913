using System.Runtime.InteropServices;

namespace Training.Pdf.Tests.Bidi;

/// <summary>The second implementation: ICU's own, which every .NET on Linux brings along.</summary>
internal static unsafe class IcuBidi
{
    private static readonly Lazy<(nint Library, string Suffix)> Icu = new(Load);

    internal static byte[] Levels(string text, byte paragraph)
    {
        var open = (delegate* unmanaged<nint>)Function("ubidi_open");
        var close = (delegate* unmanaged<nint, void>)Function("ubidi_close");
        var set = (delegate* unmanaged<nint, char*, int, byte, byte*, int*, void>)Function("ubidi_setPara");
        var get = (delegate* unmanaged<nint, int*, byte*>)Function("ubidi_getLevels");
        var bidi = open();
        try
        {
            var error = 0;
            fixed (char* characters = text)
            {
                set(bidi, characters, text.Length, paragraph, null, &error);
                var levels = get(bidi, &error);
                if (error > 0)
                    throw new InvalidOperationException($"ICU reports error {error}.");
                return new ReadOnlySpan<byte>(levels, text.Length).ToArray();
            }
        }
        finally
        {
            close(bidi);
        }
    }

    private static nint Function(string name) => NativeLibrary.GetExport(Icu.Value.Library, name + Icu.Value.Suffix);

    private static (nint, string) Load()
    {
        for (var version = 90; version >= 60; version--)
        {
            if (NativeLibrary.TryLoad($"libicuuc.so.{version}", out var library))
                return (library, $"_{version}");
        }

        throw new InvalidOperationException("libicuuc is not installed: apt-get install libicu72 (or the version of this system).");
    }
}
