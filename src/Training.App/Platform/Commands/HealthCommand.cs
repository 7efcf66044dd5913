namespace Training.App.Platform.Commands;

/// <summary>Asks the process of this machine whether it is live; for containers, whose image has no other way to ask.</summary>
[Command("health", "", "Asks the running process whether it is live; exit code 0 when it is.", NeedsDatabase = false)]
internal sealed class HealthCommand(IConfiguration configuration) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var first = (configuration[WebHostDefaults.ServerUrlsKey] ?? "http://localhost:5080").Split(';')[0];
        var address = first.Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://*", "://127.0.0.1", StringComparison.Ordinal).Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(address), "/health/live"), cancellationToken);
            await output.WriteLineAsync(answer.IsSuccessStatusCode ? "live" : $"answers {(int)answer.StatusCode}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync("does not answer");
            return 1;
        }
    }
}
