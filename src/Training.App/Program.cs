using Training.App.Modules.Access;
using Training.App.Modules.Attendance;
using Training.App.Modules.Certificates;
using Training.App.Modules.Directory;
using Training.App.Modules.Enrollments;
using Training.App.Modules.Families;
using Training.App.Modules.Notifications;
using Training.App.Modules.Operation;
using Training.App.Modules.Reporting;
using Training.App.Modules.Registry;
using Training.App.Modules.Rights;
using Training.App.Modules.Webhooks;
using Training.App.Pages;
using Training.App.Platform;
using Training.App.Platform.Commands;
using Training.App.Platform.Configuration;

namespace Training.App;

/// <summary>The one executable: a contents page of what runs.</summary>
internal sealed class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            if (CommandLine.Read(args, Console.Out) is not { } line) return 0;
            await using var app = Build(line.HostArguments);
            return line.IsCommand ? await line.RunAsync(app.Services, Console.Out, CancellationToken.None) : await RunAsync(app);
        }
        catch (Exception fault) when (fault is ConfigurationException or CommandException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
    }

    private static WebApplication Build(string[] args)
    {
        var root = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory; // Started from elsewhere, the settings lie beside the application.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = root });
        var options = AppOptions.Read(builder.Configuration, builder.Environment);
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null) builder.WebHost.UseUrls("http://localhost:5080");
        builder.Services.AddPlatform(options);
        builder.Services.AddAccess();
        builder.Services.AddDirectory();
        builder.Services.AddRegistry();
        builder.Services.AddEnrollments();
        builder.Services.AddAttendance();
        builder.Services.AddCertificates(options);
        builder.Services.AddFamilies();
        builder.Services.AddNotifications(builder.Configuration);
        builder.Services.AddReporting();
        builder.Services.AddOperation();
        builder.Services.AddRights();
        builder.Services.AddWebhooks();
        builder.Services.AddPages();
        return builder.Build();
    }

    private static async Task<int> RunAsync(WebApplication app)
    {
        var preparing = Task.Run(() => app.PrepareAsync(Console.Out)); // The database is made ready while the doors are hung.
        app.UsePlatform();
        app.MapAccess();
        app.MapDirectory();
        app.MapRegistry();
        app.MapEnrollments();
        app.MapAttendance();
        app.MapCertificates();
        app.MapFamilies();
        app.MapNotifications();
        app.MapReporting();
        app.MapRights();
        app.MapWebhooks();
        app.MapPages();
        await app.RunAfterAsync(preparing);
        return 0;
    }
}
