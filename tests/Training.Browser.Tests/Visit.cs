using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>A person's visit: a window that notices every error on its way.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>Width of a phone, in CSS pixels.</summary>
    public const int Phone = 390;

    /// <summary>Width of a laptop, in CSS pixels.</summary>
    public const int Laptop = 1280;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly IBrowserContext context;
    private readonly List<string> faults = [];
    private bool isOffline;

    private Visit(IBrowserContext context, IPage page, string language)
    {
        this.context = context;
        Page = page;
        Language = language;
        Watch(page);
    }

    private void Watch(IPage page)
    {
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        page.Console += (_, message) =>
        {
            // The browser logs each answer of 400 and above; a visit that asks for one says so by itself.
            if (message.Type == "error" && !isOffline && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) faults.Add(message.Text);
        };
        page.PageError += (_, error) => faults.Add(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 500 || (response.Status >= 400 && response.Request.ResourceType != "document")) faults.Add($"{response.Status} {response.Url}");
        };
    }

    public IPage Page { get; private set; }

    /// <summary><c>ar</c> or <c>fr</c>.</summary>
    public string Language { get; }

    public static async Task<Visit> StartAsync(IBrowserContext context, string language) => new(context, await context.NewPageAsync(), language);

    /// <summary>Goes to an address and answers the status.</summary>
    public async Task<int> GoAsync(string path) => (await Page.GotoAsync(path))!.Status;

    /// <summary>Signs a demo account in, which lands on its home.</summary>
    /// <param name="account">Name before <c>@demo.example</c>.</param>
    public Task SignInAsync(string account) => SignInAsync("", account);

    /// <summary>The same where the application is called by another name.</summary>
    /// <param name="root">Its address without a path.</param>
    /// <param name="account">Name before <c>@demo.example</c>.</param>
    public async Task SignInAsync(string root, string account)
    {
        await GoAsync($"{root}/sign-in");
        await Page.FillAsync("#Email", $"{account}@demo.example");
        await Page.FillAsync("#Password", RunningApplication.DemoPassword);
        await SubmitAsync("form.form button.button:not([formaction])");
        // An account with a language of its own does not overrule the one this browser asks for.
        await LanguageAsync();
    }

    /// <summary>Presses a button or a link and waits for the page that comes of it.</summary>
    /// <param name="selector">What to press.</param>
    /// <param name="open">What to press before, so that it shows; null when it shows already.</param>
    public async Task SubmitAsync(string selector, string? open = null)
    {
        if (open is not null) await Page.ClickAsync(open);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrive(object? sender, IFrame frame)
        {
            if (frame == Page.MainFrame) arrived.TrySetResult();
        }
        Page.FrameNavigated += Arrive;
        await Page.ClickAsync(selector);
        await arrived.Task.WaitAsync(Patience);
        Page.FrameNavigated -= Arrive;
        // The page itself is asked: of the driver's events the one of loading once stayed away, though the network was idle.
        using var end = new CancellationTokenSource(Patience);
        while (!await IsLoadedAsync()) await Task.Delay(20, end.Token);
    }

    private async Task<bool> IsLoadedAsync()
    {
        try
        {
            return await Page.EvaluateAsync<string>("document.readyState") == "complete";
        }
        catch (PlaywrightException) // The page has gone on meanwhile: the next one is asked.
        {
            return false;
        }
    }

    /// <summary>Gives the browser a device that makes passkeys and finds the person's finger right.</summary>
    public async Task AuthenticatorAsync()
    {
        var devices = await context.NewCDPSessionAsync(Page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>Takes the network away, or gives it back.</summary>
    public async Task OfflineAsync(bool offline)
    {
        isOffline = offline;
        await context.SetOfflineAsync(offline);
    }

    /// <summary>The page is killed, and another opened in the same browser.</summary>
    public async Task ReplacePageAsync()
    {
        await Page.CloseAsync();
        Page = await context.NewPageAsync();
        Watch(Page);
    }

    /// <summary>Opens a session that was taken along, on the page for work without a network.</summary>
    public async Task GoOfflinePageAsync(string session)
    {
        await Page.GotoAsync($"/offline?lang={Language}-MA");
        await Page.ClickAsync($"[data-session='{session}'] [data-open]");
    }

    /// <summary>Empties the browser's cache: the next page is a first one.</summary>
    public async Task ForgetAsync() => await (await context.NewCDPSessionAsync(Page)).SendAsync("Network.clearBrowserCache");

    /// <summary>Goes to a page and answers what came over the network for it, headers included, in bytes: all of it, and the page itself.</summary>
    public async Task<(int Everything, int Document)> WeighAsync(string path)
    {
        var network = await context.NewCDPSessionAsync(Page);
        var (everything, document) = (0, 0);
        string? page = null;
        network.Event("Network.responseReceived").OnEvent += (_, told) =>
        {
            if (told!.Value.GetProperty("type").GetString() == "Document") page = told.Value.GetProperty("requestId").GetString();
        };
        network.Event("Network.loadingFinished").OnEvent += (_, told) =>
        {
            var bytes = (int)told!.Value.GetProperty("encodedDataLength").GetDouble();
            everything += bytes;
            if (told.Value.GetProperty("requestId").GetString() == page) document = bytes;
        };
        await network.SendAsync("Network.enable");
        await GoAsync(path);
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await network.DetachAsync();
        return (everything, document);
    }

    /// <summary>The text of an element, white space folded.</summary>
    public async Task<string> TextAsync(string selector) =>
        string.Join(' ', (await Page.InnerTextAsync(selector)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Looks at the page as a phone and as a laptop: axe finds nothing, nothing runs over the edge, nothing failed. With
    /// <c>TRAINING_SHOTS</c> set, keeps a picture of each in that folder.
    /// </summary>
    /// <param name="name">Name of the page, for pictures and messages.</param>
    public async Task LookAsync(string name)
    {
        foreach (var width in (int[])[Laptop, Phone])
        {
            await Page.SetViewportSizeAsync(width, width == Phone ? 844 : 800);
            var wide = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.That(wide, Is.Zero, $"{name} in {Language} runs over the edge at {width} px");
            var found = await Page.RunAxe(new AxeRunOptions
            {
                RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
            });
            Assert.That(
                found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"), Is.Empty, $"axe on {name} in {Language} at {width} px");
            if (Environment.GetEnvironmentVariable("TRAINING_SHOTS") is { Length: > 0 } folder)
                await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.{Language}.{width}.png"), FullPage = true });
        }
        Assert.That(faults, Is.Empty, $"faults seen until {name} in {Language}");
        var html = Page.Locator("html");
        Assert.That(await html.GetAttributeAsync("lang"), Does.StartWith(Language), name);
        Assert.That(await html.GetAttributeAsync("dir"), Is.EqualTo(Language == "ar" ? "rtl" : "ltr"), name);
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private async Task LanguageAsync()
    {
        if ((await Page.Locator("html").GetAttributeAsync("lang"))!.StartsWith(Language, StringComparison.Ordinal)) return;
        await SubmitAsync($".languages button[value^={Language}]");
    }
}
