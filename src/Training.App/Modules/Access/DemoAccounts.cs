using System.Security.Cryptography;
using Training.App.Platform.Configuration;
using Training.App.Platform.Seeding;
using Training.Domain.Access;

namespace Training.App.Modules.Access;

/// <summary>One account per role. The password is the owner's, or one made and shown at the first start alone.</summary>
internal sealed class DemoAccounts(CreateAccount.Handler create, AppOptions options) : IDemoPart
{
    /// <summary>Addresses and roles, as the contract lists them.</summary>
    private static readonly (string Email, string Name, string Language, CreateAccount.Grant Grant)[] Accounts =
    [
        ("directorate@demo.example", "Direction (démo)", "fr", new(Role.Directorate)),
        ("region04@demo.example", "Coordination 04 (démo)", "fr", new(Role.Coordinator, Region: "04")),
        ("coach@demo.example", "Coach RSB (démo)", "ar", new(Role.Coach, Site: "RSB")),
        ("facilitator@demo.example", "Animation MJ-04-001 (démo)", "ar", new(Role.Facilitator, Site: "MJ-04-001")),
        ("operator@demo.example", "Exploitation (démo)", "fr", new(Role.Operator)),
    ];

    public int Order => 1;

    public async Task SeedAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var password = options.DemoPassword ?? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
        var any = false;
        foreach (var account in Accounts)
        {
            var made = await create.HandleAsync(
                new CreateAccount.Request(account.Email, account.Name, password, account.Language, [account.Grant]) { IsDemo = true },
                cancellationToken);
            if (!made.Succeeded && made.Error.Code != "accountExists")
                throw new InvalidOperationException($"The demo account {account.Email} was refused: {made.Error.Code}.");
            any |= made.Succeeded;
        }
        if (!any) return;
        await output.WriteLineAsync(options.DemoPassword is null
            ? $"Password of the demo accounts, shown only now: {password}"
            : "Password of the demo accounts: as set in Seed__DemoPassword.");
    }
}
