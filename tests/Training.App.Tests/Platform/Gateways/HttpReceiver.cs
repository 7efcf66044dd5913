using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Training.App.Tests.Platform.Gateways;

/// <summary>A small HTTP server on a port of its own that stands for an SMS gateway: keeps what it is asked, answers what it is told to.</summary>
internal sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication server;

    private HttpReceiver(WebApplication server) => this.server = server;

    internal sealed record Asked(string Method, string Target, string? ContentType, string Body, IReadOnlyDictionary<string, string> Headers);

    public string Address => server.Urls.Single();

    /// <summary>Status of each answer.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Body of each answer.</summary>
    public string Answer { get; set; } = "ok";

    /// <summary>Requests, in order.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = new();

    public static async Task<HttpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new HttpReceiver(builder.Build());
        receiver.server.Run(receiver.AnswerAsync);
        await receiver.server.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(new Asked(
            context.Request.Method, context.Request.GetEncodedPathAndQuery(), context.Request.ContentType, body,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        context.Response.StatusCode = Status;
        if (Status is >= 300 and < 400) context.Response.Headers.Location = "/elsewhere";
        await context.Response.WriteAsync(Answer);
    }
}
