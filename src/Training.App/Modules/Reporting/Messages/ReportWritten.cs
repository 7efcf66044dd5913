namespace Training.App.Modules.Reporting.Messages;

/// <summary>A report that a schedule ordered is there, or could not be made.</summary>
/// <param name="OrderId">The order.</param>
public sealed record ReportWritten(int OrderId);
