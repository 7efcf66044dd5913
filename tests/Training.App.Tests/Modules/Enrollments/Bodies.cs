using System.Text.Json.Nodes;

namespace Training.App.Tests.Modules.Enrollments;

/// <summary>Request bodies of synthetic children.</summary>
internal static class Bodies
{
    /// <summary>A girl of twelve with her mother and a paper consent.</summary>
    public static JsonObject Yasmine(string site = "RSB", string edition = "football-2026") => JsonNode.Parse($$"""
        { "edition": "{{edition}}", "site": "{{site}}", "group": null,
          "participant": { "givenName": "Yasmine", "familyName": "El Alaoui", "givenNameAr": "ياسمين", "familyNameAr": "العلوي",
                           "birthDate": "2014-03-12", "sex": "female", "province": "02.113", "massarCode": null },
          "guardians": [ { "name": "Samira El Alaoui", "relationship": "mother", "phone": "0612345678", "noPhone": false, "language": "ar" } ],
          "consents":  [ { "purpose": "participation", "method": "paper", "guardian": 0, "givenOn": "2026-10-01" } ],
          "duplicateDecision": null }
        """)!.AsObject();

    /// <summary>Another child than <see cref="Yasmine"/>, no two alike for different numbers.</summary>
    public static JsonObject Child(int number, string site = "RSB", string edition = "football-2026")
    {
        var body = Yasmine(site, edition);
        var child = body["participant"]!;
        child["givenName"] = Given[number % Given.Length];
        child["familyName"] = Family[number / Given.Length % Family.Length];
        child["givenNameAr"] = null;
        child["familyNameAr"] = null;
        child["sex"] = "male";
        child["birthDate"] = new DateOnly(2010, 1, 1).AddDays(number * 37 % 2500).ToString("yyyy-MM-dd", null);
        body["guardians"]![0]!["phone"] = $"06{number:D8}";
        return body;
    }

    private static readonly string[] Given = ["Adam", "Bilal", "Driss", "Hamza", "Ilyas", "Karim", "Nabil", "Omar", "Rachid", "Soufiane", "Tarik", "Walid", "Zakaria"];

    private static readonly string[] Family = ["Bennani", "Chraibi", "Fassi", "Guessous", "Haddad", "Jabri", "Kettani", "Lahlou", "Mernissi", "Naciri", "Ouazzani"];
}
