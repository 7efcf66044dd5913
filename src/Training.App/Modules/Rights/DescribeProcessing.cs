using Training.App.Modules.Rights.Retention;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Rights;

/// <summary>The register of processing (law 09-08), read from what the system does: its settings, its roles, its rules. Names nobody.</summary>
internal static class DescribeProcessing
{
    /// <param name="CndpNumber">Number of the declaration; null until it is configured.</param>
    /// <param name="Purposes">What consents are asked for.</param>
    /// <param name="Data">Parts of a child's file.</param>
    /// <param name="Recipients">Roles that see children, each within its perimeter.</param>
    /// <param name="AnswerDays">Days in which a request is answered.</param>
    /// <param name="ReadingMonths">Months for which it is kept who read a file.</param>
    /// <param name="Editions">How long the data of each edition are kept, and who is responsible for it.</param>
    internal sealed record Response(
        string? CndpNumber, IReadOnlyList<ConsentPurpose> Purposes, IReadOnlyList<string> Data, IReadOnlyList<Role> Recipients, int AnswerDays, int ReadingMonths,
        IReadOnlyList<EditionLine> Editions);

    internal sealed record EditionLine(string Edition, string ResponsibleAr, string ResponsibleFr, int FileMonths, int ListDays);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/processing", GetAsync).WithName("DescribeProcessing").WithSummary("The register of processing: purposes, data, recipients, periods.")
            .Produces<Response>();

    private static async Task<IResult> GetAsync(Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(RetentionBook book, RightsSettings settings, AppOptions app)
    {
        public async Task<Result<Response>> HandleAsync(CancellationToken cancellationToken)
        {
            var rules = await book.RulesAsync(cancellationToken);
            return new Response(
                app.CndpNumber, Enum.GetValues<ConsentPurpose>(), (ShownParts.File | ShownParts.Attendance | ShownParts.Certificates).Words(),
                [Role.Assistant, Role.Coach, Role.Facilitator, Role.Coordinator, Role.Directorate], settings.AnswerDays, settings.ReadingMonths,
                [.. rules.Select(rule => new EditionLine(rule.Edition.Code, rule.Edition.IssuerAr, rule.Edition.IssuerFr, rule.FileMonths, rule.ListDays))]);
        }
    }
}
