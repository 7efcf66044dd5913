using System.Globalization;
using System.Text.Json;
using Training.App.Modules.Reporting.Messages;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>Orders a report as a file; the worker writes it. What the report would refuse is refused at once.</summary>
internal static class OrderReport
{
    /// <param name="Form">csv, openData, xlsx or pdf.</param>
    /// <param name="Question">What the report is of, as in the query of <c>GET /api/reports/attendance</c>.</param>
    internal sealed record Request(string? Form, ReportRequest? Question);

    /// <param name="Id">Id of the order.</param>
    internal sealed record Response(string Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", PostAsync).WithName("OrderReport").WithSummary("Order a report as a file: csv, openData, xlsx or pdf.")
            .WithDescription("202 with the address of the order. The file is written by a worker in the caller's language, within the caller's perimeter, and kept for 24 hours.")
            .Produces<Response>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, response => TypedResults.Accepted($"/api/reports/{response.Id}", response));

    internal sealed class Handler(ReadReport reader, IWriteGate gate, KeyAllocator keys, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var faults = new Faults();
            if (ReadName<ReportForm>("form", request.Form, faults) is not { } form) return faults.ToError();
            var read = await reader.ReadAsync(request.Question ?? new ReportRequest(), cancellationToken);
            if (!read.Succeeded) return read.Error;
            var question = Keep(request.Question);
            if (!question.Succeeded) return question.Error;
            var order = new ReportOrder
            {
                Id = await keys.NextAsync<ReportOrder>(cancellationToken),
                By = caller.Name,
                Scope = caller.Scope.ToText(),
                Culture = CultureInfo.CurrentUICulture.Name,
                Question = question.Value,
                Form = form,
                OrderedAt = time.GetUtcNow(),
            };
            return await gate.WriteAsync(caller.Scope, (write, token) => idempotency.OnceAsync(write, () =>
            {
                write.Rows.Insert(order);
                write.Events.Add(new ReportOrdered(order.Id));
                return Task.FromResult<Result<Response>>(new Response(OpaqueId.Report(order.Id)));
            }, token), cancellationToken);
        }
    }

    /// <summary>A question as it is kept; blanks around its codes may be many.</summary>
    internal static Result<string> Keep(ReportRequest? question)
    {
        var text = JsonSerializer.Serialize(question ?? new ReportRequest(), JsonSerializerOptions.Web);
        return text.Length <= ReportOrder.QuestionMax ? text : Faults.Only("question", "tooLong", ("max", ReportOrder.QuestionMax));
    }

    /// <summary>The value by this name; null, with the names that are possible, when there is none.</summary>
    internal static TName? ReadName<TName>(string field, string? text, Faults faults)
        where TName : struct, Enum
    {
        foreach (var possible in Enum.GetValues<TName>())
            if (ReportDimensions.JsonName(possible.ToString()).Equals(text?.Trim(), StringComparison.OrdinalIgnoreCase)) return possible;
        faults.Add(field, "notAmong", ("possible", string.Join(", ", Enum.GetNames<TName>().Select(ReportDimensions.JsonName))));
        return null;
    }
}
