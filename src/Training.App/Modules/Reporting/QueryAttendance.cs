using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Modules.Reporting;

/// <summary>The report as an answer to machines: in parts, with a tag that tells an unchanged answer.</summary>
internal static class QueryAttendance
{
    private const string Description = "by: one dimension, or two with a comma between: track, edition, region (default), province, league, setting, "
        + "site, group, module, month, sex, ageBand, category. Each of them is a filter too; from and to (yyyy-MM) narrow the months. edition may be "
        + "left out where track is given or rows are by track or edition; modules need one. Enrollments belong to no month and no module; sessions to no "
        + "sex and no age: such figures are null. setting is urban, rural or unknown: the reference lists that came with the programmes name none, so "
        + "all is unknown until they do. Counts of few persons, and what would give them away in this answer, in the same split without a "
        + "filter or in the sums of places, are null with \"suppressed\": true. Every figure covers the caller's perimeter only. limit: rows a part "
        + "(1 to 1000); cursor: \"next\" of the answer before, for the same question. If-None-Match with the ETag answers 304 when nothing has changed.";

    private static readonly string[] Form = ["cursor", "limit", "lang"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/attendance", GetAsync).WithName("AttendanceReport").WithSummary("Figures with their age and completeness, by one or two dimensions.")
            .WithDescription(Description).Produces<AttendanceReport.Response>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(400).ProducesProblem(404)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                AddExamples(operation);
                return Task.CompletedTask;
            });

    /// <summary>A misspelt filter must not widen the figures in silence, and one given twice says two things.</summary>
    internal static Error? RefusedNames(IQueryCollection query, params string[] form)
    {
        string[] possible = [.. ReadReport.Names, .. form];
        var faults = new Faults();
        foreach (var (name, values) in query)
        {
            if (values.Count > 1) faults.Add(name, "givenTwice");
            if (!possible.Contains(name, StringComparer.OrdinalIgnoreCase)) faults.Add(name, "notAmong", ("possible", string.Join(", ", possible)));
            if (faults.Count >= FaultsMax) break;
        }
        return faults.None ? null : faults.ToError();
    }

    /// <summary>Enough to see what is wrong with an address of thousands of names.</summary>
    private const int FaultsMax = 20;

    private static async Task<IResult> GetAsync(
        [AsParameters] ReportRequest request, string? cursor, string? limit, HttpContext http, AttendanceReport.Handler handler,
        IOptions<JsonOptions> json, Texts texts, CancellationToken cancellationToken)
    {
        if (RefusedNames(http.Request.Query, Form) is { } unknown) return unknown.ToProblem(texts);
        var part = ReportPart.Read(http.Request.Query, cursor, limit);
        if (!part.Succeeded) return part.Error.ToProblem(texts);
        var found = await handler.HandleAsync(request, cancellationToken);
        if (!found.Succeeded) return found.Error.ToProblem(texts);
        var cut = part.Value.Cut(found.Value);
        if (!cut.Succeeded) return cut.Error.ToProblem(texts);

        var body = JsonSerializer.SerializeToUtf8Bytes(cut.Value, json.Value.SerializerOptions);
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Accept-Language, Authorization, Cookie";
        return TypedResults.Bytes(body, "application/json; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{ReportPart.Hash(body)}\""));
    }

    private static void AddExamples(OpenApiOperation operation)
    {
        (string Name, string Value)[] examples = [("edition", "football-2026"), ("by", "region,month"), ("region", "04"), ("from", "2026-10"), ("sex", "female")];
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (Array.Find(examples, example => example.Name == parameter.Name) is { Value: { } value }) parameter.Example = JsonValue.Create(value);
        }
        if (operation.Responses?["200"].Content?["application/json"] is not { } content) return;
        content.Example = JsonNode.Parse("""
            {
              "asOf": "2026-11-23T09:00:00Z",
              "completeness": { "closed": 118, "expected": 121 },
              "restated": { "sessions": 2, "lastAt": "2026-11-20T17:12:00Z" },
              "total": { "key": "total", "label": "Total", "keys": {}, "target": null, "enrolled": null, "marked": 2950, "present": 2451, "rate": 0.8308,
                "sessions": { "planned": 140, "held": 121, "closed": 118, "hours": 181.5 },
                "marks": { "present": 2290, "late": 161, "excused": 204, "absent": 295 }, "suppressed": false },
              "items": [ { "key": "04/2026-10", "label": "Rabat-Salé-Kénitra · octobre 2026", "keys": { "region": "04", "month": "2026-10" },
                "target": null, "enrolled": null, "marked": 1210, "present": 1004, "rate": 0.8298,
                "sessions": { "planned": 50, "held": 50, "closed": 50, "hours": 75 },
                "marks": { "present": 951, "late": 53, "excused": 90, "absent": 116 }, "suppressed": false } ],
              "next": null
            }
            """);
    }
}
