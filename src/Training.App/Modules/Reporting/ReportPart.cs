using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Training.Domain.Common;

namespace Training.App.Modules.Reporting;

/// <summary>Which part of an answer is asked for. A cursor carries the question it belongs to, and the row after which it goes on.</summary>
internal sealed record ReportPart(string Question, int Limit, string? After)
{
    /// <summary>Most rows in one answer.</summary>
    public const int LimitMax = 1000;

    private const int HashBytes = 12;

    /// <summary>Reads cursor and limit.</summary>
    public static Result<ReportPart> Read(IQueryCollection query, string? cursor, string? limit)
    {
        var question = Hash(Encoding.UTF8.GetBytes(string.Join('&', query.Where(entry => entry.Key is not ("cursor" or "limit" or "lang"))
            .Select(entry => $"{entry.Key.ToUpperInvariant()}={entry.Value.ToString().Trim().ToUpperInvariant()}").Order(StringComparer.Ordinal))));
        var rows = LimitMax;
        if (!string.IsNullOrEmpty(limit) && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out rows) || rows is < 1 or > LimitMax))
            return Faults.Only("limit", "notAmong", ("possible", $"1–{LimitMax}"));
        if (string.IsNullOrEmpty(cursor)) return new ReportPart(question, rows, null);
        return Decode(cursor) is [var of, var after] && of == question ? new ReportPart(question, rows, after) : Foreign();
    }

    /// <summary>The rows of the part.</summary>
    public Result<AttendanceReport.Response> Cut(AttendanceReport.Response report)
    {
        var begin = 0;
        if (After is not null)
        {
            while (begin < report.Items.Count && report.Items[begin].Key != After) begin++;
            begin = begin == report.Items.Count ? 0 : begin + 1;
            if (begin == 0) return Foreign();
        }
        var items = report.Items.Skip(begin).Take(Limit).ToArray();
        return report with
        {
            Items = items,
            Next = begin + items.Length < report.Items.Count ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Question}\n{items[^1].Key}")) : null,
        };
    }

    /// <summary>A short fingerprint, the same for the same bytes.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, HashBytes));

    private static string[] Decode(string cursor) =>
        Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\n') : [];

    private static Error Foreign() => Faults.Only("cursor", "cursorForeign");
}
