using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>A coach without a mouse: only Tab, Enter, Space and letters, and at each stop it shows where one is.</summary>
[Category("Browser")]
internal sealed class KeyboardTests
{
    /// <summary>Stops of a page before it is given up.</summary>
    private const int Most = 80;

    [TestCase("fr", "Yassir")]
    [TestCase("ar", "Naoufal")]
    public async Task Signs_in_and_registers_a_child_by_the_keyboard_alone(string language, string given)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;
        await visit.GoAsync("/coach");

        await page.Keyboard.PressAsync("Tab");
        Assert.That(await IsAtAsync(page, ".skip-link"), Is.True, "the first stop leads past the head of the page");
        await TypeAsync(page, "#Email", "coach@demo.example");
        await TypeAsync(page, "#Password", RunningApplication.DemoPassword);
        await EnterAsync(page, "**/coach");

        await TabToAsync(page, "a[href='/register']");
        await EnterAsync(page, "**/register");
        // The form speaks the language of the account by now; what is typed is the same.
        await TypeAsync(page, "#GivenName", given);
        await TypeAsync(page, "#FamilyName", "Aboulfath");
        await TypeAsync(page, "#BirthDate-day", "17");
        await TypeAsync(page, "#BirthDate-month", "5");
        await TypeAsync(page, "#BirthDate-year", "2013");
        await ChooseAsync(page, "Sex", "male");
        await TypeAsync(page, "#GuardianPhone", language == "fr" ? "06 12 34 51 71" : "06 12 34 51 72");
        await TypeAsync(page, "#GuardianName", "Samira Aboulfath");
        await ChooseAsync(page, "Relationship", "mother");
        await ChooseAsync(page, "Consent", "paper");
        await EnterAsync(page, "**/register/done", "form.form button.button:not([formaction])");

        Assert.That(await visit.TextAsync(".notice h1"), Does.Contain(given));
    }

    [Test]
    public async Task A_fault_takes_the_focus_to_its_summary_and_from_there_to_the_field()
    {
        await using var visit = await BrowserHost.OpenAsync("fr");
        var page = visit.Page;
        await visit.GoAsync("/sign-in");
        await TypeAsync(page, "#Email", "coach@demo.example");
        await TypeAsync(page, "#Password", "not the password");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement?.matches('.error-summary')");

        await TabToAsync(page, ".error-summary a[href='#Email']");
        await page.Keyboard.PressAsync("Enter");
        Assert.That(await IsAtAsync(page, "#Email"), Is.True);
    }

    private static async Task TypeAsync(IPage page, string selector, string text)
    {
        await TabToAsync(page, selector);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>One of several circles: Tab comes to the first or the chosen one, arrows go on from there, Space chooses.</summary>
    private static async Task ChooseAsync(IPage page, string name, string value)
    {
        await TabToAsync(page, $"input[name={name}]");
        for (var i = 0; i < 12 && !await IsAtAsync(page, $"input[name={name}][value={value}]"); i++) await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Space");
        Assert.That(await page.IsCheckedAsync($"input[name={name}][value={value}]"), Is.True, name);
        await SeeAsync(page, name);
    }

    private static async Task EnterAsync(IPage page, string address, string? button = null)
    {
        if (button is not null) await TabToAsync(page, button);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < Most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            await SeeAsync(page, selector);
            if (await IsAtAsync(page, selector)) return;
        }
        Assert.Fail($"Tab does not come to {selector} on {new Uri(page.Url).AbsolutePath}");
    }

    private static Task<bool> IsAtAsync(IPage page, string selector) => page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector);

    /// <summary>What has the focus lies in the window and is marked: itself, or the label that stands in for a hidden circle.</summary>
    private static async Task SeeAsync(IPage page, string on)
    {
        var fault = await page.EvaluateAsync<string>(
            """
            () => {
              const at = document.activeElement;
              if (!at || at === document.body) return '';
              const marked = [at, at.nextElementSibling, at.closest('label')].filter(Boolean).find(part => {
                const style = getComputedStyle(part);
                return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
              });
              if (!marked) return `no mark on ${at.outerHTML.slice(0, 120)}`;
              const box = marked.getBoundingClientRect();
              return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth ? '' : `out of sight: ${at.outerHTML.slice(0, 120)}`;
            }
            """);
        Assert.That(fault, Is.Empty, $"on the way to {on} on {new Uri(page.Url).AbsolutePath}");
    }
}
