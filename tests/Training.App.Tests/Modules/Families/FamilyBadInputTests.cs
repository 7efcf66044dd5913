using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Pages;
using Training.Domain.Families;

namespace Training.App.Tests.Modules.Families;

/// <summary>What is typed at the doors of families and about them: in a browser without JavaScript and over the API.</summary>
[TestFixture]
internal sealed class FamilyBadInputTests : FamilyDoor
{
    [Test]
    public async Task Marks_of_direction_and_digits_of_either_script_do_not_keep_a_parent_out()
    {
        using var phone = App.Visitor();
        var day = DateOnly.Parse(Youth.BirthDate, null);
        using var claimed = await phone.SendFormAsync(
            "/family", ("ClaimCode", $"\u200F\u202B{Youth.ClaimCode.ToLowerInvariant()}\u202C\u200E "), ("BirthDateDay", $"\u200F{Arabic(day.Day)}"),
            ("BirthDateMonth", $"{day.Month}\u200E"), ("BirthDateYear", $"\u2067{Arabic(day.Year)}\u2069"));
        Assert.That(claimed.Headers.Location?.ToString(), Is.EqualTo("/family/code"), await claimed.Content.ReadAsStringAsync());
        using var sent = await phone.SendFormAsync("/family/code", "/family/code?handler=Send", ("Guardian", "1"));
        var code = LastCode();
        using var opened = await phone.SendFormAsync("/family/code", "/family/code?handler=Confirm", ("Code", $"\u200F{Arabic(int.Parse(code[..3], null)).PadLeft(3, '٠')} {code[3..]}\u200E"));
        Assert.That(opened.Headers.Location?.ToString(), Is.EqualTo("/family/children"), await opened.Content.ReadAsStringAsync());
    }

    [TestCase("")]
    [TestCase("😀😀😀😀😀😀😀😀😀😀")]
    [TestCase("\u202E\u200F")]
    [TestCase("<script>alert(1)</script>")]
    [TestCase("' OR 1=1 --")]
    public async Task A_code_that_is_none_is_named_at_its_field_and_shown_harmless(string typed)
    {
        using var phone = App.Visitor();
        using var answer = await phone.SendFormAsync("/family", ("ClaimCode", typed), ("BirthDateDay", "12"), ("BirthDateMonth", "3"), ("BirthDateYear", "2014"));
        var html = await answer.Content.ReadAsStringAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(html, Does.Contain("id=\"ClaimCode-error\"").And.Not.Contain("<script>alert"));
        Assert.That(html.Replace($"value=\"{typed}\"", "", StringComparison.Ordinal), Does.Not.Contain('\u202E'), "it stands in the field alone, where it turns nothing around it");
        Assert.That(Gateway.Requests, Is.Empty);
    }

    [Test]
    public async Task A_code_of_300_signs_and_a_day_that_does_not_exist_are_refused_in_words()
    {
        using var phone = App.Visitor();
        using var answer = await phone.SendFormAsync("/family", ("ClaimCode", new string('A', 300)), ("BirthDateDay", "31"), ("BirthDateMonth", "2"), ("BirthDateYear", "2014"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("id=\"ClaimCode-error\"").And.Contain("id=\"BirthDate-error\""));
    }

    [Test]
    public async Task A_link_that_was_used_or_is_a_week_old_says_so_on_its_page_and_opens_nothing()
    {
        var link = await SendLinkAsync();
        using var phone = App.Visitor();
        using var first = await phone.SendFormAsync($"/family/l/{link}");
        Assert.That(first.Headers.Location?.ToString(), Is.EqualTo("/family/code"));
        using var sent = await phone.SendFormAsync("/family/code", "/family/code?handler=Send", ("Guardian", "2"));
        using var opened = await phone.SendFormAsync("/family/code", "/family/code?handler=Confirm", ("Code", LastCode()));
        Assert.That(opened.Headers.Location?.ToString(), Is.EqualTo("/family/children"));

        using var other = App.Visitor();
        await IsOverAsync(other, link, "used");
        var late = await SendLinkAsync();
        App.Time.Advance(PersonalLink.LifeTime + TimeSpan.FromSeconds(1));
        await IsOverAsync(other, late, "late");
        await IsOverAsync(other, "AAAAAAAAAAAAAAAAAAAAAA", "unknown");
        await IsOverAsync(other, "%F0%9F%98%80", "no link at all");
    }

    [TestCase("0612", "phoneMalformed")]
    [TestCase("0612 34 56 7O", "phoneMalformed")]
    [TestCase("+33612345678", "phoneForeign")]
    [TestCase("😀", "phoneMalformed")]
    public async Task A_phone_that_is_typed_wrongly_is_refused_where_it_is_typed(string typed, string code)
    {
        using var recovered = await Workshop.Staff.PostAsJsonAsync(
            $"/api/participants/{Youth.Participant}/family-recovery", new { reason = "Knows the child, lost the phone", guardian = 1, phone = typed });
        Assert.That(((int)recovered.StatusCode, await CodeOfAsync(recovered, "phone")), Is.EqualTo((400, code)));
        using var coach = await App.CoachAsync("phones@demo.example");
        using var form = await coach.SendFormAsync($"/participants/{Youth.Participant}/family", $"/participants/{Youth.Participant}/family?handler=Recover", ("Reason", "Perdu"), ("Guardian", "1"), ("Phone", typed));
        Assert.That(await form.Content.ReadAsStringAsync(), Does.Contain("id=\"Phone-error\""));
        Assert.That((await EnterAsync(Youth)).Length, Is.Positive, "and the paper in the family's hand still opens");
    }

    [Test]
    public async Task A_phone_typed_with_marks_of_direction_is_the_phone()
    {
        using var recovered = await Workshop.Staff.PostAsJsonAsync(
            $"/api/participants/{Youth.Participant}/family-recovery", new { reason = "Knows the child, lost the phone", guardian = 1, phone = "\u202A+212 6 11-00.00 09\u202C" });
        Assert.That(recovered.StatusCode, Is.EqualTo(HttpStatusCode.OK), await recovered.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Signs_that_turn_or_hide_text_never_reach_a_file_and_its_certificate()
    {
        var body = Bodies.Child(40);
        var person = body["participant"]!;
        (person["givenName"], person["familyName"]) = ("Yas\u202Eenim\u0000", "\u2066El\u200B Alaoui\u2069\u0007");
        (person["givenNameAr"], person["familyNameAr"]) = ("\u202Dياسمين\u202C", "\u200Fالعلوي\uFEFF");
        var child = (await TrainingApplication.RegisterAsync(Workshop.Staff, body)).GetProperty("participant").GetString();
        var file = await Workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/participants/{child}");

        Assert.That(
            new[] { "givenName", "familyName", "givenNameAr", "familyNameAr" }.Select(name => file.GetProperty(name).GetString()),
            Is.EqualTo(new[] { "Yasenim", "El Alaoui", "ياسمين", "العلوي" }));
    }

    [TestCase("givenName", "Yasmine😀", "foreignLetters")]
    [TestCase("givenNameAr", "ياسمين😀", "foreignLetters")]
    public async Task An_emoji_is_no_name(string field, string typed, string code) => await RefusedAsync(field, typed, code);

    [TestCase("givenName", 'a')]
    [TestCase("familyName", 'a')]
    [TestCase("givenNameAr", 'ي')]
    [TestCase("familyNameAr", 'ي')]
    public async Task A_name_of_300_letters_is_too_long_to_be_printed(string field, char letter) => await RefusedAsync(field, new string(letter, 300), "tooLong");

    private async Task RefusedAsync(string field, string typed, string code)
    {
        var body = Bodies.Child(41);
        body["participant"]![field] = typed;
        using var answer = await Workshop.Staff.PostAsJsonAsync("/api/enrollments", body);
        Assert.That(((int)answer.StatusCode, await CodeOfAsync(answer, $"participant.{field}")), Is.EqualTo((400, code)));

        using var corrected = await Workshop.Staff.PostAsJsonAsync(
            $"/api/participants/{Youth.Participant}/name", new Dictionary<string, string> { ["givenName"] = "Bilal", ["familyName"] = "Tazi", ["reason"] = "wrote it wrongly", [field] = typed });
        Assert.That((int)corrected.StatusCode, Is.InRange(400, 422), "nor by a correction");
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer, string field)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("\"errors\""), text);
        return JsonDocument.Parse(text).RootElement.GetProperty("errors").GetProperty(field)[0].GetProperty("code").GetString();
    }

    private static async Task IsOverAsync(HttpClient phone, string link, string why)
    {
        using var answer = await phone.SendFormAsync($"/family/l/{link}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), why);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("role=\"status\"").And.Contain("href=\"/family\""), why);
    }

    private static string Arabic(int number) => string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)(digit - '0' + '٠')));
}
