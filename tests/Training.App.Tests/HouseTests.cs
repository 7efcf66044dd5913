using System.Reflection;
using System.Text.RegularExpressions;

namespace Training.App.Tests;

/// <summary>The arrows of the house, checked on what is really there: rooms are discovered, never listed by hand.</summary>
[TestFixture]
internal sealed partial class HouseTests
{
    private static readonly string Source = FindSource();

    private static IEnumerable<string> Modules =>
        Directory.GetDirectories(Path.Combine(Source, "Training.App", "Modules")).Select(folder => Path.GetFileName(folder)!);

    [Test]
    public void The_rooms_are_found() => Assert.That(Modules.Count(), Is.GreaterThanOrEqualTo(6));

    [TestCaseSource(nameof(Modules))]
    public void A_module_sees_of_another_only_its_messages(string module)
    {
        var strangers = from file in CodeIn("Training.App", "Modules", module)
                        from Match match in ModuleName().Matches(File.ReadAllText(file))
                        let other = match.Groups[1].Value
                        where other != module && !match.Groups[2].Value.StartsWith(".Messages", StringComparison.Ordinal)
                        select $"{Path.GetFileName(file)} → {match.Value}";

        Assert.That(strangers, Is.Empty);
    }

    [Test]
    public void The_platform_knows_no_module()
    {
        var strangers = from file in CodeIn("Training.App", "Platform")
                        from Match match in ModuleName().Matches(File.ReadAllText(file))
                        select $"{Path.GetRelativePath(Source, file)} → {match.Value}";

        Assert.That(strangers, Is.Empty);
    }

    [Test]
    public void Pages_call_handlers_and_never_the_context()
    {
        var strangers = from file in CodeIn("Training.App", "Pages")
                        let text = File.ReadAllText(file)
                        from word in new[] { "TrainingDbContext", "IWriteGate", "ReadDb" }
                        where text.Contains(word, StringComparison.Ordinal)
                        select $"{Path.GetFileName(file)} → {word}";

        Assert.That(strangers, Is.Empty);
    }

    [Test]
    public void Arrows_between_projects_point_downward()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["Training.Domain"] = [],
            ["Training.Paper"] = [],
            ["Training.Pdf"] = [],
            ["Training.Data"] = ["Training.Domain"],
            ["Training.Data.Sqlite"] = ["Training.Data"],
            ["Training.Data.SqlServer"] = ["Training.Data"],
            ["Training.App"] = ["Training.Data.Sqlite", "Training.Data.SqlServer", "Training.Paper", "Training.Pdf"],
        };
        var projects = Directory.GetFiles(Source, "*.csproj", SearchOption.AllDirectories);
        Assert.That(projects.Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(allowed.Keys));
        foreach (var project in projects)
        {
            var references = ProjectReference().Matches(File.ReadAllText(project)).Select(match => match.Groups[1].Value);
            Assert.That(references, Is.EquivalentTo(allowed[Path.GetFileNameWithoutExtension(project)]), project);
        }
    }

    [Test]
    public void The_domain_needs_no_package()
    {
        var project = File.ReadAllText(Path.Combine(Source, "Training.Domain", "Training.Domain.csproj"));

        Assert.That(project, Does.Not.Contain("PackageReference"));
    }

    [Test]
    public void Messages_carry_ids_and_versions_only()
    {
        var personal = from type in typeof(Program).Assembly.GetTypes()
                       where type.Namespace?.EndsWith(".Messages", StringComparison.Ordinal) == true && type is { IsClass: true, IsNested: false }
                       from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                       where property.Name != "EqualityContract" && property.PropertyType == typeof(string)
                       select $"{type.Name}.{property.Name}";

        Assert.That(personal, Is.Empty);
    }

    [Test]
    public void Program_stays_a_contents_page()
    {
        var lines = File.ReadLines(Path.Combine(Source, "Training.App", "Program.cs")).Count();

        Assert.That(lines, Is.LessThanOrEqualTo(80));
    }

    private static IEnumerable<string> CodeIn(params string[] path)
    {
        var folder = Path.Combine([Source, .. path]);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(folder, "*.cshtml", SearchOption.AllDirectories));
    }

    private static string FindSource()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Training.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "src");
    }

    [GeneratedRegex(@"Training\.App\.Modules\.(\w+)((?:\.\w+)*)")]
    private static partial Regex ModuleName();

    [GeneratedRegex("""ProjectReference Include=".*?([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
