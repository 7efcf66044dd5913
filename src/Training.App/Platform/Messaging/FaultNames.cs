namespace Training.App.Platform.Messaging;

/// <summary>Says what broke without an exception's message, which may quote a person.</summary>
internal static class FaultNames
{
    private const int NameMax = 500;

    /// <summary>The types of an exception and of what caused it.</summary>
    public static string Of(Exception fault)
    {
        var name = string.Join(" < ", Chain(fault).Select(exception => exception.GetType().Name));
        return name.Length <= NameMax ? name : name[..NameMax];
    }

    /// <summary>The types and where they were thrown.</summary>
    public static string Describe(Exception fault) =>
        string.Join(Environment.NewLine, Chain(fault).Select(exception => $"{exception.GetType().FullName}{Environment.NewLine}{exception.StackTrace}"));

    private static IEnumerable<Exception> Chain(Exception fault)
    {
        for (var exception = fault; exception is not null; exception = exception.InnerException) yield return exception;
    }
}
