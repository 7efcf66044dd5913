using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Training.App.Platform.Seeding.Synthetic;
using Training.App.Platform.Spreadsheets;

namespace Training.Benchmarks;

/// <summary>
/// A club list of 200,000 rows through the real door (upload, preview, commit) beside a bare prepared insert of the very rows it
/// left behind, into the same tables with the same indexes and keys, in one transaction.
/// </summary>
internal static class ImportBenchmark
{
    private const int Rows = 200_000;
    private const int WarmRows = 10_000;

    private static readonly string[] Tables = ["Groups", "Participants", "Guardians", "Guardianships", "Consents", "Enrollments"];

    /// <summary>The list as separated text.</summary>
    public static Task RunAsync(ResultTable table) => RunAsync(table, "CSV", "<= 3 (later 2), < 300 MB", WriteList);

    /// <summary>The same list as a workbook.</summary>
    public static Task RunWorkbookAsync(ResultTable table) => RunAsync(table, "XLSX", "later <= 3, < 300 MB", path =>
    {
        var text = Path.GetTempFileName();
        WriteList(text);
        WriteWorkbook(text, path);
        File.Delete(text);
    });

    private static async Task RunAsync(ResultTable table, string kind, string bar, Action<string> write)
    {
        var list = Path.GetTempFileName();
        var copy = Path.GetTempFileName();
        try
        {
            write(list);

            TimeSpan product, used;
            double memory, own = 0;
            string counts;
            await using (var app = await ServerProcess.StartAppAsync())
            {
                await WarmAsync(app);
                used = app.ProcessorTime();
                var watch = Stopwatch.StartNew();
                var address = await UploadAsync(app, list);
                await UntilAsync(app, address, "preview", Look);
                var read = watch.Elapsed;
                (await app.Client.PostAsync(new Uri($"{address}/commit", UriKind.Relative), null)).EnsureSuccessStatusCode();
                counts = await UntilAsync(app, address, "done", Look);
                product = watch.Elapsed;
                used = app.ProcessorTime() - used;
                memory = app.PeakMemory();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  read {read.TotalSeconds:F1} s, registered {(product - read).TotalSeconds:F1} s, {counts}"));
                CopyDatabase(Path.Combine(app.Storage, "training.db"), copy);

                void Look() => own = Math.Max(own, app.OwnMemory());
            }
            var floor = BareInsert(copy);
            table.Add(
                $"import of 200,000 rows, {kind}, end to end",
                string.Create(CultureInfo.InvariantCulture, $"{product.TotalSeconds:F1} s, {used.TotalSeconds:F1} s of processor, peak {own:F0} MiB of its own and {memory:F0} with program files"),
                string.Create(CultureInfo.InvariantCulture, $"{floor.TotalSeconds:F1} s bare prepared insert"),
                string.Create(CultureInfo.InvariantCulture, $"{product / floor:F2}"),
                bar);
        }
        finally
        {
            File.Delete(list);
            File.Delete(copy);
        }
    }

    /// <summary>The synthetic list of all clubs.</summary>
    internal static void WriteList(string path)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(true));
        SyntheticClubList.Write(writer, new SyntheticOptions { ReferenceFolder = Reference, Rows = Rows });
    }

    private static void WriteWorkbook(string from, string to)
    {
        using var rows = new CsvReader(new StreamReader(from), ';');
        using var file = File.Create(to);
        rows.Read();
        using var writer = new WorkbookWriter(file, "Liste", isRightToLeft: false, headingRow: 1, [.. Enumerable.Repeat(16, rows.CellCount)], []);
        do writer.Row([.. Enumerable.Range(0, rows.CellCount).Select(cell => new WrittenCell(rows.Cell(cell).ToString(), CellLook.Text))]);
        while (rows.Read());
        writer.Complete();
    }

    internal static string Reference => Path.Combine(AppContext.BaseDirectory, "seed-data", "reference");

    /// <summary>A server that has been running has compiled its code: a small list in the other edition, of other children.</summary>
    internal static async Task WarmAsync(ServerProcess app)
    {
        var list = Path.GetTempFileName();
        try
        {
            var houses = File.ReadLines(Path.Combine(Reference, "youth-houses.csv")).Skip(1).Select(line => line.Split(',')[0]).Take(20);
            await using (var writer = new StreamWriter(list, append: false, new UTF8Encoding(true)))
            {
                SyntheticClubList.Write(writer, new SyntheticOptions
                {
                    ReferenceFolder = Reference, Rows = WarmRows, Seed = 7, Sites = [.. houses.Select(code => new SyntheticSite(code, "04.421"))],
                });
            }
            var address = await UploadAsync(app, list, "youthhouse-2026");
            await UntilAsync(app, address, "preview");
            (await app.Client.PostAsync(new Uri($"{address}/commit", UriKind.Relative), null)).EnsureSuccessStatusCode();
            await UntilAsync(app, address, "done");
        }
        finally
        {
            File.Delete(list);
        }
    }

    internal static async Task<string> UploadAsync(ServerProcess app, string list, string edition = "football-2026")
    {
        using var form = new MultipartFormDataContent();
        using var file = new StreamContent(File.OpenRead(list));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "liste.csv");
        using var answer = await app.Client.PostAsync(new Uri($"/api/imports?edition={edition}", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.Location!.ToString();
    }

    internal static async Task<string> UntilAsync(ServerProcess app, string address, string status, Action? meanwhile = null)
    {
        while (true)
        {
            meanwhile?.Invoke();
            using var answer = JsonDocument.Parse(await app.Client.GetStringAsync(new Uri(address, UriKind.RelativeOrAbsolute)));
            var import = answer.RootElement;
            var now = import.GetProperty("status").GetString();
            if (now == status)
                return $"new {import.GetProperty("new")}, possible duplicates {import.GetProperty("possibleDuplicates")}, refused {import.GetProperty("refused")}";
            if (now == "refused") throw new InvalidOperationException("The list was refused.");
            await Task.Delay(50);
        }
    }

    private static void CopyDatabase(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    /// <summary>Reads the rows (not counted), then inserts them into a new file with the same schema.</summary>
    private static TimeSpan BareInsert(string database)
    {
        var path = Path.GetTempFileName();
        try
        {
            using var source = new SqliteConnection($"Data Source={database};Pooling=False");
            using var target = new SqliteConnection($"Data Source={path};Pooling=False");
            source.Open();
            target.Open();
            Run(target, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=10000;");
            var names = string.Join(", ", Tables.Select(name => $"'{name}'"));
            foreach (var sql in Strings(source, $"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ({names}) ORDER BY type DESC"))
                Run(target, sql);
            var rows = Tables.Select(name => (Name: name, Rows: Read(source, name))).ToArray();

            var watch = Stopwatch.StartNew();
            using (var transaction = target.BeginTransaction())
            {
                foreach (var (name, all) in rows) Insert(target, transaction, name, all);
                transaction.Commit();
            }
            return watch.Elapsed;
        }
        finally
        {
            foreach (var file in (string[])[path, path + "-wal", path + "-shm"]) File.Delete(file);
        }
    }

    private static List<object[]> Read(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{name}\"";
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, string name, List<object[]> rows)
    {
        if (rows.Count == 0) return;
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO \"{name}\" VALUES ({string.Join(", ", rows[0].Select((_, i) => $"@p{i}"))})";
        foreach (var i in Enumerable.Range(0, rows[0].Length)) command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        command.Prepare();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i];
            command.ExecuteNonQuery();
        }
    }

    private static List<string> Strings(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var all = new List<string>();
        while (reader.Read()) all.Add(reader.GetString(0));
        return all;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
