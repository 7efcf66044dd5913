using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Net.Http.Headers;
using Training.App.Platform.Configuration;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Writing;
using Training.Domain.Common;
using Kestrel = Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Training.App.Platform.Http;

/// <summary>How the system speaks HTTP: JSON, languages, errors, security headers.</summary>
internal static class HttpPlatform
{
    public static void AddHttpPlatform(this IServiceCollection services)
    {
        services.AddSingleton<AmazighTexts>();
        services.AddSingleton<Texts>();
        services.AddSingleton<PublicAddress>();
        services.AddScoped<Idempotency>();
        services.AddHostedService<IdempotencySweep>();
        services.AddScoped<ReadingLog>();
        services.AddScoped<FileDeciders>();
        services.AddProblemDetails();
        // The host's own lines quote the whole address; a search has a child's name in it.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        // Pages alone: networks are weak, and a page's only secret, the form's token, is encrypted anew each time it is written.
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html"];
        });
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.MaxDepth = 16;
        });
        services.Configure<Kestrel.KestrelServerOptions>(server =>
        {
            // Who sends slower than any telephone holds a connection for nothing else: half a header, or a body byte by byte.
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            server.Limits.MinRequestBodyDataRate = new Kestrel.MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<RequestLocalizationOptions>(localization =>
        {
            localization.DefaultRequestCulture = new RequestCulture("ar-MA");
            localization.SupportedCultures = [new("ar-MA"), new("fr-MA"), new("en-GB")];
            localization.SupportedUICultures = localization.SupportedCultures;
            localization.FallBackToParentCultures = true;
            localization.FallBackToParentUICultures = true;
            localization.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { QueryStringKey = "lang", UIQueryStringKey = "lang" },
                new CookieRequestCultureProvider { CookieName = Languages.Cookie },
                new CustomRequestCultureProvider(context => Task.FromResult(Languages.FromHeader(context.Request))),
            ];
        });
    }

    public static void UseHttpPlatform(this WebApplication app)
    {
        app.Use(SecurityHeaders);
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api"), pages => pages.UseResponseCompression());
        app.UseRequestLocalization();
        app.UseWhen(context => AmazighPages.AreHere(context.Request.Path), pages => pages.Use(AmazighPages.Speak));
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerFault, SuppressDiagnosticsCallback = NoteFault }));
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api"), pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error/500", SuppressDiagnosticsCallback = NoteFault });
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
        });
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages(context => AnswerStatus(context.HttpContext)));
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.Use(NoBodyIsNoFault).Use(SaysItsLetters));
        // After the error pages, so that a request run again as /error/404 finds that page.
        app.UseRouting();
    }

    private static readonly string[] Charsets = ["utf-8", "utf-16", "us-ascii", "iso-8859-1"];

    private const string PagePolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <summary>The reader of the API document brings scripts and styles of its own in the page; it shows no personal data.</summary>
    private const string ReaderPolicy = PagePolicy + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'";

    private static Task SecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/scalar") ? ReaderPolicy : PagePolicy;
        headers["Referrer-Policy"] = "same-origin";
        // The camera reads the codes of cards at the door, on our own pages alone.
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Also where a proxy ends the encryption: browsers hear it from the outside alone.
        if (context.Request.IsHttps || context.RequestServices.GetRequiredService<AppOptions>().PublicAddress?.Scheme == Uri.UriSchemeHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        // Static files bring their own rule.
        context.Response.OnStarting(() =>
        {
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            KeepToOurselves(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>The framework writes the caller's own Host into the way to the sign-in: a forged one would lead elsewhere.</summary>
    private static void KeepToOurselves(HttpContext context)
    {
        var own = $"{context.Request.Scheme}://{context.Request.Host}";
        if (context.Response.Headers.Location.ToString() is { } location && location.StartsWith(own + "/", StringComparison.OrdinalIgnoreCase))
            context.Response.Headers.Location = location[own.Length..];
    }

    /// <summary>
    /// The routes choose by content type, and a bare POST would find none: it is sent on as what an empty body would be, so that a body
    /// that may be left out may, and one that may not is named as missing.
    /// </summary>
    private static Task NoBodyIsNoFault(HttpContext context, RequestDelegate next)
    {
        var detected = context.Features.Get<IHttpRequestBodyDetectionFeature>();
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.ContentType is null && detected is { CanHaveBody: false })
            context.Request.ContentType = "application/json";
        return next(context);
    }

    /// <summary>
    /// The framework breaks over a charset that it does not know, or that stands in quotation marks: the one is the caller's fault and
    /// refused before anything is read, of the other the marks are taken off.
    /// </summary>
    private static Task SaysItsLetters(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentType is { } text && MediaTypeHeaderValue.TryParse(text, out var type) && type.Charset.HasValue)
        {
            var charset = HeaderUtilities.RemoveQuotes(type.Charset);
            if (!Array.Exists(Charsets, known => charset.Equals(known, StringComparison.OrdinalIgnoreCase)))
                throw new BadHttpRequestException("An unknown charset.", StatusCodes.Status415UnsupportedMediaType);
            if (charset.Length != type.Charset.Length)
            {
                type.Charset = charset;
                context.Request.ContentType = type.ToString();
            }
        }
        return next(context);
    }

    /// <summary>
    /// Takes the place of the framework's own line, which writes an exception's message: that may quote what a person typed. The
    /// caller's faults are answered and need no line.
    /// </summary>
    private static bool NoteFault(ExceptionHandlerSuppressDiagnosticsContext fault)
    {
        if (fault.Exception is BadHttpRequestException) return true;
        fault.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HttpPlatform)).LogError(
            "Request {Trace} broke: {Failure} {Place}", fault.HttpContext.TraceIdentifier, fault.Exception.GetType().Name,
            fault.Exception.StackTrace?.Split('\n')[0].Trim());
        return true;
    }

    /// <summary>A body that cannot be read is the caller's fault; everything else is ours, and says only a trace id.</summary>
    private static Task AnswerFault(HttpContext context)
    {
        var texts = context.RequestServices.GetRequiredService<Texts>();
        var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (error, status) = fault switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (Error.Of(ErrorKind.Invalid, "tooLarge"), StatusCodes.Status413PayloadTooLarge),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (Error.Of(ErrorKind.Invalid, "unsupportedMediaType"), StatusCodes.Status415UnsupportedMediaType),
            BadHttpRequestException { InnerException: JsonException json } => (Unreadable(json), StatusCodes.Status400BadRequest),
            BadHttpRequestException => (Error.Of(ErrorKind.Invalid, "unreadableRequest"), StatusCodes.Status400BadRequest),
            GateBusyException or StorageAwayException or RetryLimitExceededException => (Error.Of(ErrorKind.Busy, "busy"), StatusCodes.Status503ServiceUnavailable),
            _ => (new Error(ErrorKind.Busy, "internal") { Facts = new Dictionary<string, object?> { ["trace"] = context.TraceIdentifier } }, StatusCodes.Status500InternalServerError),
        };
        if (status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = "1";
        return error.ToProblem(texts, status).ExecuteAsync(context);
    }

    /// <summary>Names the field, never its value.</summary>
    private static Error Unreadable(JsonException json)
    {
        var path = json.Path is { Length: > 2 } text ? text[2..] : "";
        var code = json.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "unknownField" : "wrongType";
        var faults = new Faults();
        faults.Add(path, code);
        return faults.ToError() with { Code = "unreadableRequest" };
    }

    private static Task AnswerStatus(HttpContext context)
    {
        var code = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => "notSignedIn",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "notFound",
            StatusCodes.Status405MethodNotAllowed => "methodNotAllowed",
            StatusCodes.Status415UnsupportedMediaType => "unsupportedMediaType",
            StatusCodes.Status429TooManyRequests => "tooManyRequests",
            StatusCodes.Status503ServiceUnavailable => "busy",
            _ => "unreadableRequest",
        };
        var texts = context.RequestServices.GetRequiredService<Texts>();
        return Error.Of(ErrorKind.Invalid, code).ToProblem(texts, context.Response.StatusCode).ExecuteAsync(context);
    }
}
