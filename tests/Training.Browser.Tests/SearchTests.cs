namespace Training.Browser.Tests;

/// <summary>Coach and coordinator find a child from the menu, by name and by a mistyped code.</summary>
[Category("Browser")]
internal sealed class SearchTests
{
    [TestCase("ar", "coach")]
    [TestCase("fr", "region04")]
    public async Task A_child_is_found_by_a_name_and_a_mistyped_code(string language, string account)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync(account);
        var page = visit.Page;

        await visit.SubmitAsync("details.account a[href='/participants']", open: "details.account summary");
        await visit.SubmitAsync(".search button");
        var name = (await page.Locator(".list a").First.InnerTextAsync()).Split(' ')[^1];
        await page.FillAsync("#q", name.ToUpperInvariant());
        await visit.SubmitAsync(".search button");
        Assert.That(page.Url, Does.EndWith("/participants"), "a name does not stand in the address");
        Assert.That(await page.Locator(".list li").CountAsync(), Is.GreaterThan(0));
        await visit.LookAsync($"search-{account}");

        var code = await page.Locator(".list .code").First.InnerTextAsync();
        await page.FillAsync("#q", code[..^1] + (code[^1] == '7' ? '8' : '7'));
        await visit.SubmitAsync(".search button");
        Assert.That(await page.Locator(".notice--warning").CountAsync(), Is.EqualTo(1));
        Assert.That(await page.Locator(".list .code").AllInnerTextsAsync(), Is.EqualTo(new[] { code }));
        await visit.LookAsync($"search-near-{account}");

        await page.FillAsync("#q", "Zzyxw");
        await visit.SubmitAsync(".search button");
        Assert.That(await page.Locator(".list li").CountAsync(), Is.Zero);
        await visit.LookAsync($"search-nobody-{account}");

        await page.FillAsync("#q", "061234");
        await visit.SubmitAsync(".search button");
        var said = await page.Locator("p[role=status]").InnerTextAsync();
        Assert.That(said, Does.Contain(language == "ar" ? "كاملا" : "en entier"), "a part of a phone finds nobody, and that is said");
        await visit.LookAsync($"search-part-of-phone-{account}");
    }
}
