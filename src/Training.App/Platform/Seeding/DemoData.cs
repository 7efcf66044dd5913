using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Platform.Seeding;

/// <summary>A module's part of the demo. Found by itself; must change nothing when its part is there already.</summary>
internal interface IDemoPart
{
    /// <summary>Parts run in this order, each after the one it builds on.</summary>
    int Order { get; }

    /// <summary>Loads the part through the module's own handlers.</summary>
    Task SeedAsync(TextWriter output, CancellationToken cancellationToken);
}

/// <summary>Loads the demo once: a mark is kept when every part is there, so that a killed first start goes on at the next.</summary>
internal sealed class DemoData(IServiceScopeFactory scopes, IWriteGate gate, DbContextOptions<TrainingDbContext> options)
{
    private const string Mark = "demo-data";

    private static readonly Type[] Parts =
    [
        .. typeof(DemoData).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IDemoPart))),
    ];

    /// <summary>Loads what is missing.</summary>
    /// <param name="output">Told once what a person needs to try the demo.</param>
    /// <param name="cancellationToken">Stops between two parts.</param>
    public async Task SeedAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using (var db = new TrainingDbContext(options))
        {
            if (await db.Set<SystemSecret>().AnyAsync(row => row.Name == Mark, cancellationToken)) return;
        }
        await using var scope = scopes.CreateAsyncScope();
        var parts = Parts.Select(type => (IDemoPart)ActivatorUtilities.CreateInstance(scope.ServiceProvider, type)).OrderBy(part => part.Order);
        foreach (var part in parts) await part.SeedAsync(output, cancellationToken);
        await gate.WriteAsync<Done>(
            AccessScope.None,
            (session, _) =>
            {
                session.Rows.Insert(new SystemSecret { Name = Mark, Value = [1] });
                return Task.FromResult<Result<Done>>(new Done());
            },
            cancellationToken);
    }
}
