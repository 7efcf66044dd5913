namespace Training.Pdf.Fonts;

/// <summary>The five embedded faces. One set serves the whole process.</summary>
internal sealed class FaceSet
{
    internal const int Count = 5;

    private static readonly Lazy<FaceSet> SharedSet = new(() => new FaceSet());

    private readonly FontFace[] _faces;
    private readonly FontFace[][] _orders;

    private FaceSet()
    {
        string[] names = ["Amiri-Regular", "Amiri-Bold", "NotoSans-Regular", "NotoSans-Bold", "NotoSansTifinagh-Regular"];
        _faces = [.. names.Select((name, index) => new FontFace(name, index))];
        _orders =
        [
            [_faces[0], _faces[2], _faces[4]],
            [_faces[1], _faces[3], _faces[4]],
            [_faces[2], _faces[0], _faces[4]],
            [_faces[3], _faces[1], _faces[4]],
        ];
    }

    internal static FaceSet Shared => SharedSet.Value;

    internal FontFace this[int index] => _faces[index];

    /// <summary>Whether any face has a letter; each style falls back to faces that together have the same ones.</summary>
    internal bool Has(int codePoint) => Array.Exists(_faces, face => face.Has(codePoint));

    /// <summary>The faces to try for a style, the preferred one first.</summary>
    internal ReadOnlySpan<FontFace> Order(Text.TextStyle style) =>
        _orders[(style.Family == Text.FontFamily.Sans ? 2 : 0) + (style.Bold ? 1 : 0)];
}
