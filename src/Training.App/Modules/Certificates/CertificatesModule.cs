using Training.App.Modules.Certificates.Rendering;
using Training.App.Platform.Http;

namespace Training.App.Modules.Certificates;

/// <summary>From the completion rule to the document and its public verification.</summary>
internal static class CertificatesModule
{
    public static void AddCertificates(this IServiceCollection services)
    {
        services.AddSingleton<CertificateRenderer>();
        services.AddScoped<CertificatePrinter>();
        services.AddScoped<CompletionFacts>();
        services.AddScoped<CertificateIssuer>();
        services.AddScoped<CertificateSweep>();
        services.AddHostedService<CertificateReconciler>();
        services.AddScoped<GetCompletion.Handler>();
        services.AddScoped<GetCertificates.Handler>();
        services.AddScoped<GetCertificatePdf.Handler>();
        services.AddScoped<RevokeCertificate.Handler>();
        services.AddScoped<VerifyCertificate.Handler>();
    }

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization(Policies.Enroll).WithTags("Certificates");
        GetCompletion.Map(api);
        GetCertificates.Map(api);
        GetCertificatePdf.Map(api);
        RevokeCertificate.Map(api);

        var family = routes.MapGroup("/api/family").RequireAuthorization(Policies.Family).WithTags("Families");
        GetCertificatePdf.MapForFamilies(family);

        VerifyCertificate.Map(routes);
    }
}
