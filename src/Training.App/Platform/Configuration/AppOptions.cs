using Training.App.Platform.Gateways;

namespace Training.App.Platform.Configuration;

/// <summary>Which work a process does.</summary>
[Flags]
internal enum AppRoles
{
    Web = 1,
    Worker = 2,
}

/// <summary>The configuration, read and checked once at start. Each fault is one sentence that names the variable.</summary>
internal sealed record AppOptions(
    string Provider,
    string ConnectionString,
    int? SqlServerMaxBatchSize,
    bool UsesRabbitMq,
    Uri? RabbitMq,
    string StorageRoot,
    AppRoles Roles,
    Uri? PublicAddress,
    string? BootstrapKey,
    bool SeedDemo,
    string? DemoPassword,
    string? CndpNumber,
    string? SealFile,
    string? SealPassword,
    string? SealPasswordFile,
    bool SecondFactorRequired,
    int ImportUndoDays,
    bool PublishesMetrics,
    Uri? Otlp,
    int SmallCells,
    MailOptions? Mail,
    SmsOptions? Sms,
    OutsideOptions Outside)
{
    /// <summary>Shortest accepted <c>Access__BootstrapKey</c>, in characters.</summary>
    public const int BootstrapKeyMin = 16;

    /// <summary>How long an import can be undone when nothing else is configured, in days.</summary>
    public const int ImportUndoDaysDefault = 14;

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="ConfigurationException">A value cannot be used.</exception>
    public static AppOptions Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var provider = OneOf(configuration, "Database:Provider", "Sqlite", "SqlServer");
        var storage = Path.GetFullPath(configuration["Storage:Root"] ?? Path.Combine(environment.ContentRootPath, "var"));
        var connection = configuration.GetConnectionString("Training");
        if (connection is null && provider == "SqlServer")
            throw new ConfigurationException("ConnectionStrings__Training", "is required when Database__Provider is SqlServer.");
        var rabbit = OneOf(configuration, "Messaging:Transport", "InProcess", "RabbitMq") == "RabbitMq";
        var key = configuration["Access:BootstrapKey"] is { Length: > 0 } given ? given : null;
        if (key is { Length: < BootstrapKeyMin })
            throw new ConfigurationException("Access__BootstrapKey", $"must have at least {BootstrapKeyMin} characters, or be left out.");

        return new AppOptions(
            provider,
            connection ?? $"Data Source={Path.Combine(storage, "training.db")}",
            Number(configuration, "Database:MaxBatchSize"),
            rabbit,
            Address(configuration, "Messaging:RabbitMq", required: rabbit, "amqp", "amqps"),
            storage,
            ReadRoles(configuration["App:Roles"]),
            Address(configuration, "App:PublicAddress", required: false, "http", "https"),
            key,
            Flag(configuration, "Seed:Demo") ?? environment.IsDevelopment(),
            configuration["Seed:DemoPassword"],
            Text(configuration, "App:CndpNumber"),
            Text(configuration, "Certificates:SealFile"),
            configuration["Certificates:SealPassword"],
            Text(configuration, "Certificates:SealPasswordFile"),
            OneOf(configuration, "Access:SecondFactor", "Required", "Offered") == "Required",
            Number(configuration, "Imports:UndoDays") ?? ImportUndoDaysDefault,
            Flag(configuration, "Telemetry:Metrics") ?? false,
            Address(configuration, "Telemetry:Otlp", required: false, "http", "https"),
            Number(configuration, "Reporting:SmallCells") ?? Domain.Reporting.SmallCells.ThresholdDefault,
            MailOptions.Read(configuration),
            SmsOptions.Read(configuration),
            OutsideOptions.Read(configuration));
    }

    internal static string? Text(IConfiguration configuration, string key) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

    internal static string OneOf(IConfiguration configuration, string key, params string[] allowed)
    {
        var value = configuration[key];
        if (string.IsNullOrWhiteSpace(value)) return allowed[0];
        return Array.Find(allowed, candidate => candidate.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new ConfigurationException(Variable(key), $"must be {string.Join(" or ", allowed)}.");
    }

    private static Uri? Address(IConfiguration configuration, string key, bool required, params string[] schemes)
    {
        var value = configuration[key];
        if (string.IsNullOrWhiteSpace(value))
            return required ? throw new ConfigurationException(Variable(key), "is required by the chosen transport.") : null;
        return Uri.TryCreate(value, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme)
            ? address
            : throw new ConfigurationException(Variable(key), $"must be an address that starts with {string.Join(":// or ", schemes)}://.");
    }

    private static AppRoles ReadRoles(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return AppRoles.Web | AppRoles.Worker;
        AppRoles roles = 0;
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            roles |= Enum.TryParse<AppRoles>(part, ignoreCase: true, out var role) && Enum.IsDefined(role)
                ? role
                : throw new ConfigurationException("App__Roles", "must be Web, Worker or Web,Worker.");
        }
        return roles;
    }

    private static bool? Flag(IConfiguration configuration, string key)
    {
        var value = configuration[key];
        if (string.IsNullOrWhiteSpace(value)) return null;
        return bool.TryParse(value, out var flag) ? flag : throw new ConfigurationException(Variable(key), "must be true or false.");
    }

    internal static int? Number(IConfiguration configuration, string key)
    {
        var value = configuration[key];
        if (string.IsNullOrWhiteSpace(value)) return null;
        return int.TryParse(value, out var number) && number > 0
            ? number
            : throw new ConfigurationException(Variable(key), "must be a whole number above zero.");
    }

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>A configuration value cannot be used; the message is the one sentence the operator needs.</summary>
internal sealed class ConfigurationException(string variable, string fault) : Exception($"{variable} {fault}");
