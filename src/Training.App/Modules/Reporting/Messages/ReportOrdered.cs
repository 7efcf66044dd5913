namespace Training.App.Modules.Reporting.Messages;

/// <summary>Somebody ordered a report as a file.</summary>
/// <param name="OrderId">The order.</param>
public sealed record ReportOrdered(int OrderId);
