using System.Reflection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Training.Data.SqlServer;
using Training.Data.Writing;

namespace Training.Data.Tests.SqlServer;

/// <summary>
/// Every statement written by hand is found in the assemblies themselves, so that a new one cannot be forgotten, and parsed as
/// Transact-SQL: the portable texts run on both databases.
/// </summary>
internal sealed class RawSqlTests
{
    private static readonly string[] Verbs = ["SELECT ", "UPDATE ", "INSERT ", "DELETE ", "WITH ", "MERGE ", "ALTER "];

    [TestCaseSource(nameof(Statements))]
    public void It_is_transact_sql(string where, string sql)
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        Assert.That(errors.Select(error => $"line {error.Line}: {error.Message}"), Is.Empty, where);
    }

    [Test]
    public void All_of_them_are_found() => Assert.That(Statements().Count(), Is.GreaterThan(20));

    private static IEnumerable<TestCaseData> Statements() =>
        from assembly in new[] { typeof(WriteSession).Assembly, typeof(SqlServerProvider).Assembly }
        from type in assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.FieldType == typeof(string) && !type.Name.Contains('<', StringComparison.Ordinal)
        let text = (string?)(field.IsLiteral ? field.GetRawConstantValue() : field.GetValue(null))
        // One that ends with a space goes on in another, which is here itself.
        where text is not null && !text.EndsWith(' ') && Verbs.Any(verb => text.TrimStart().StartsWith(verb, StringComparison.Ordinal))
        select new TestCaseData($"{type.Name}.{field.Name}", text.Replace("{0}", "@p0", StringComparison.Ordinal)).SetArgDisplayNames($"{type.Name}.{field.Name}");
}
