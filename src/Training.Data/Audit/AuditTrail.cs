using System.Collections.Concurrent;
using System.Reflection;
using Training.Data.Scope;
using Training.Data.Writing;

namespace Training.Data.Audit;

/// <summary>
/// Notes each change at the gate, where none gets past it. Who made it is the scope's holder; what it was is the feature whose code the gate
/// runs, so that no feature has to remember to say so.
/// </summary>
public static class AuditTrail
{
    /// <summary>Work that nobody asked for.</summary>
    public const string System = "system";

    private const string Modules = "Training.App.Modules.";
    private const string Root = "Training.";

    private static readonly ConcurrentDictionary<MethodInfo, string> Acts = new();

    /// <summary>
    /// Notes a change that has been made and not yet committed. Housekeeping, which has no holder and promises no event, is not noted.
    /// </summary>
    /// <param name="session">The change.</param>
    /// <param name="scope">Its scope.</param>
    /// <param name="work">The code that made it.</param>
    /// <param name="now">The time.</param>
    public static void Note(WriteSession session, AccessScope scope, Delegate work, DateTimeOffset now)
    {
        if (scope.Holder is null && !session.Events.Any) return;
        session.Rows.Insert(new AuditEntry { At = now, By = scope.Holder ?? System, Act = ActOf(work.Method), About = session.Events.First });
    }

    /// <summary>The feature that a lambda stands in: the outermost type behind the module's name.</summary>
    internal static string ActOf(MethodInfo method) => Acts.GetOrAdd(method, known =>
    {
        var type = known.DeclaringType!;
        while (type.DeclaringType is { } outer) type = outer;
        var room = type.Namespace ?? "";
        room = room.StartsWith(Modules, StringComparison.Ordinal) ? room[Modules.Length..] : room.StartsWith(Root, StringComparison.Ordinal) ? room[Root.Length..] : room;
        return $"{room.Replace('.', '/')}/{type.Name}";
    });
}
