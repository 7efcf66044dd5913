using Training.App.Platform.Seeding;

namespace Training.App.Platform.Commands;

[Command("migrate", "", "Brings the schema up to date.", NeedsDatabase = false)]
internal sealed class Migrate(IServiceProvider services) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await services.MigrateAsync(cancellationToken);
        await output.WriteLineAsync("The schema is up to date.");
        return 0;
    }
}

[Command("seed reference", "", "Loads regions, provinces, leagues, sites and the editions of the programmes.")]
internal sealed class SeedReference(ReferenceData reference) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await reference.SeedAsync(cancellationToken);
        await output.WriteLineAsync("The reference data are loaded.");
        return 0;
    }
}

[Command("seed demo", "", "Loads the demo: accounts, and synthetic youths with sessions.")]
internal sealed class SeedDemo(DemoData demo) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await demo.SeedAsync(output, cancellationToken);
        return 0;
    }
}
