using Microsoft.AspNetCore.Http.HttpResults;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Platform.Http;

/// <summary>The one place that turns a refusal into <c>application/problem+json</c>.</summary>
internal static class Problems
{
    /// <summary>The HTTP status of a refusal.</summary>
    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Rule => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The answer for a refusal, in the caller's language.</summary>
    public static ProblemHttpResult ToProblem(this Error error, Texts texts, int? status = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = error.Code };
        if (error.Facts is not null) extensions["facts"] = error.Facts;
        if (error.Fields is not null)
        {
            extensions["errors"] = error.Fields.ToDictionary(
                field => field.Key,
                field => field.Value.Select(fault => new { code = fault.Code, message = texts.Error(fault.Code, fault.Facts) }));
        }
        if (error.Details is not null) extensions["candidates"] = error.Details;
        return TypedResults.Problem(
            title: texts.Error(error.Code, error.Facts), statusCode: status ?? StatusOf(error.Kind), extensions: extensions);
    }

    /// <summary>The success as made by <paramref name="success"/>, or the refusal.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Texts texts, Func<T, IResult> success) =>
        result.Succeeded ? success(result.Value) : result.Error.ToProblem(texts);
}
