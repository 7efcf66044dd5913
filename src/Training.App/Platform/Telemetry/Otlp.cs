using System.Diagnostics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Telemetry;

/// <summary>
/// Traces and measures to a collector (OTLP over HTTP), where one is named. Nobody is listened to otherwise, and nothing of the library
/// is even loaded. A request is named by its route, never by its address, which may hold a code or a name.
/// </summary>
internal static class Otlp
{
    private const string RequestSource = "Microsoft.AspNetCore";

    public static void AddOtlp(this IServiceCollection services, AppOptions options)
    {
        if (options.Otlp is { } collector) AddExport(services, collector, options.Roles);
    }

    /// <summary>Comes first, so that an answer by an error page is what the trace says.</summary>
    public static void UseOtlp(this WebApplication app)
    {
        if (app.Services.GetRequiredService<AppOptions>().Otlp is not null) app.Use(NameAsync);
    }

    private static void AddExport(IServiceCollection services, Uri collector, AppRoles roles)
    {
        services.AddHostedService<WorkMeter>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("training", serviceVersion: typeof(Otlp).Assembly.GetName().Version?.ToString(), serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}")
                .AddAttributes([new("training.roles", $"{roles}")]))
            .WithTracing(traces => traces.AddSource(RequestSource, Measures.Meter).AddOtlpExporter(export => Point(export, collector, "traces")))
            .WithMetrics(measures => measures.AddMeter([.. MeterBook.Meters, WorkMeter.Name])
                .AddView(instrument => instrument.Unit == "s" && instrument.GetType().IsGenericType && instrument.GetType().GetGenericTypeDefinition() == typeof(System.Diagnostics.Metrics.Histogram<>)
                    ? new ExplicitBucketHistogramConfiguration { Boundaries = MeterBook.Bounds }
                    : null)
                .AddOtlpExporter(export => Point(export, collector, "metrics")));
    }

    /// <summary>Headers, such as a collector's key, and how often, come from the variables that the standard names (<c>OTEL_…</c>).</summary>
    private static void Point(OtlpExporterOptions export, Uri collector, string signal)
    {
        export.Protocol = OtlpExportProtocol.HttpProtobuf;
        export.Endpoint = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }

    private static async Task NameAsync(HttpContext context, RequestDelegate next)
    {
        var span = Activity.Current;
        await next(context);
        if (span is not { IsAllDataRequested: true }) return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }
}
