using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>One application and one browser for all journeys.</summary>
[SetUpFixture]
internal sealed class BrowserHost
{
    private const string Chromium = "/usr/bin/chromium-headless-shell";

    private static IPlaywright? playwright;
    private static IBrowser? browser;
    private static RunningApplication? application;

    /// <summary>The application under test.</summary>
    public static RunningApplication Application => application ?? throw new InvalidOperationException("The application was not started.");

    /// <summary>Opens a browser window of its own: no cookie, the given language.</summary>
    /// <param name="language"><c>ar</c>, <c>fr</c> or, on pages of families, <c>zgh</c>.</param>
    /// <param name="javaScript">False for a browser without JavaScript.</param>
    /// <param name="application">The application it visits; null for that of all journeys.</param>
    public static async Task<Visit> OpenAsync(string language, bool javaScript = true, RunningApplication? application = null)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (application ?? BrowserHost.application!).Address.ToString(),
            Locale = $"{language}-MA",
            JavaScriptEnabled = javaScript,
            ViewportSize = new ViewportSize { Width = Visit.Phone, Height = 844 },
        });
        return await Visit.StartAsync(context, language);
    }

    [OneTimeSetUp]
    public async Task Start()
    {
        if (!File.Exists(Chromium))
            Assert.Fail($"The browser tests need Chromium at {Chromium}: install the Debian package chromium-headless-shell, or run tests/run, which does.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        application = await RunningApplication.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (application is not null) await application.DisposeAsync();
    }
}
