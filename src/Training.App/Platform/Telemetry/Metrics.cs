using Training.App.Platform.Configuration;
using Training.Data.Writing;

namespace Training.App.Platform.Telemetry;

/// <summary><c>/metrics</c>, where it is switched on: no account, no person's data; keep it behind the proxy.</summary>
internal static class Metrics
{
    public static void AddMetrics(this IServiceCollection services, AppOptions options)
    {
        if (options.PublishesMetrics) services.AddSingleton<MeterBook>();
    }

    public static void MapMetrics(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<AppOptions>().PublishesMetrics) return;
        app.Services.GetRequiredService<MeterBook>(); // From now on, not from the first question.
        app.MapGet("/metrics", WriteAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> WriteAsync(MeterBook book, OutboxGauge outbox, CertificateQueue certificates, IWriteGate gate, CancellationToken cancellationToken) =>
        Results.Text(PrometheusText.Write(book, await outbox.ReadAsync(cancellationToken), await certificates.CountAsync(cancellationToken), gate.Waiting), PrometheusText.ContentType);
}
