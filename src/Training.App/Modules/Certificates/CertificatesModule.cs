using Training.App.Modules.Certificates.Badges;
using Training.App.Modules.Certificates.Rendering;
using Training.App.Modules.Certificates.Sealing;
using Training.App.Modules.Certificates.Signing;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;

namespace Training.App.Modules.Certificates;

/// <summary>From the completion rule to the document and its public verification.</summary>
internal static class CertificatesModule
{
    public static void AddCertificates(this IServiceCollection services, AppOptions options)
    {
        services.AddSingleton(provider => SealerOf(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<StatementKeys>();
        services.AddSingleton<PublishChanges.Cache>();
        services.AddSingleton<CertificateRenderer>();
        services.AddSingleton<CertificateLogos>();
        services.AddScoped<SetCertificateDesign.Handler>();
        services.AddScoped<PreviewCertificateDesign.Handler>();
        services.AddScoped<SetSignatory.Handler>();
        services.AddScoped<CertificatePrinter>();
        services.AddScoped<CompletionFacts>();
        services.AddScoped<CertificateIssuer>();
        services.AddScoped<CertificateSweep>();
        services.AddScoped<IssuingControl>();
        services.AddScoped<ControlIssuing.Handler>();
        services.AddHostedService<CertificateReconciler>();
        services.AddScoped<GetCompletion.Handler>();
        services.AddScoped<GetCertificates.Handler>();
        services.AddScoped<GetCertificatePdf.Handler>();
        services.AddScoped<CertificateDocuments>();
        services.AddScoped<PrintCertificates.Handler>();
        services.AddScoped<RevocationDesk>();
        services.AddScoped<CertificateDoubts>();
        services.AddScoped<RevokeCertificate.Handler>();
        services.AddScoped<KeepCertificate.Handler>();
        services.AddScoped<ListRevocations.Handler>();
        services.AddScoped<ReissueCertificate.Handler>();
        services.AddScoped<VerifyCertificate.Handler>();
        services.AddSingleton<BadgeWriter>();
        services.AddScoped<GetBadge.Handler>();
        services.AddScoped<WithdrawnKeys>();
        services.AddScoped<SetBadgeAge.Handler>();
    }

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        // Asked for at start, so that a key that cannot be used stops it.
        routes.ServiceProvider.GetRequiredService<DocumentSealer>();

        var api = routes.MapGroup("/api").RequireAuthorization(Policies.Enroll).WithTags("Certificates");
        GetCompletion.Map(api);
        GetCertificates.Map(api);
        GetCertificatePdf.Map(api);
        GetSeal.Map(api);
        GetBadge.Map(api);
        PrintCertificates.Map(api);

        // Also the directorate's: a region may have one coordinator alone, and nothing here says a child's name.
        var deciding = routes.MapGroup("/api").RequireAuthorization(Policies.Coordinate).WithTags("Certificates");
        ListRevocations.Map(deciding);
        RevokeCertificate.Map(deciding);
        KeepCertificate.Map(deciding);
        ReissueCertificate.Map(deciding);
        SetCertificateDesign.Map(deciding);
        PreviewCertificateDesign.Map(deciding);
        SetSignatory.Map(deciding);
        SetBadgeAge.Map(deciding);

        var family = routes.MapGroup("/api/family").RequireAuthorization(Policies.Family).WithTags("Families");
        GetCertificatePdf.MapForFamilies(family);
        GetCompletion.MapForFamilies(family);
        GetBadge.MapForFamilies(family);

        ControlIssuing.Map(routes);
        VerifyCertificate.Map(routes);
        PublishKeys.Map(routes);
        PublishChanges.Map(routes);
        PublishBadges.Map(routes);
        GetBadge.MapForEverybody(routes);
    }

    private static DocumentSealer SealerOf(AppOptions options, TimeProvider time) => new(SealFile.Open(options, time.GetUtcNow()), time);
}
