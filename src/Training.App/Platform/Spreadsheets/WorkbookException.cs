namespace Training.App.Platform.Spreadsheets;

/// <summary>A workbook that cannot be read, for a reason its sender can do something about.</summary>
/// <param name="code">Stable code: <c>workbookDamaged</c>, <c>workbookTooLarge</c>, <c>notWorkbook</c>, <c>openDocument</c> or <c>sheetNotFound</c>.</param>
internal sealed class WorkbookException(string code) : Exception("The workbook cannot be read.")
{
    /// <summary>Stable code.</summary>
    public string Code => code;
}
