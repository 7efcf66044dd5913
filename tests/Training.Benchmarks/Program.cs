using System.Globalization;
using Training.Benchmarks;

// Speed claims of the product, each beside its floor, measured in this very run. Ratios count; absolute figures are a feel only.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["floor-server", var address]) return await EmptyEndpoint.RunAsync(address);

var wanted = args.Length == 0 ? ["registration", "attendance", "import", "workbook", "coach", "certificates", "report", "export", "search", "paper", "start", "steady"] : args;
var table = new ResultTable();
foreach (var name in wanted)
{
    switch (name)
    {
        case "registration": await RegistrationBenchmark.RunAsync(table); break;
        case "attendance": await AttendanceBenchmark.RunAsync(table); break;
        case "import": await ImportBenchmark.RunAsync(table); break;
        case "workbook": await ImportBenchmark.RunWorkbookAsync(table); break;
        case "coach": await CoachBenchmark.RunAsync(table); break;
        case "certificates": CertificateBenchmark.Run(table); break;
        case "report": await ReportBenchmark.RunAsync(table); break;
        case "export": ExportBenchmark.Run(table); break;
        case "paper": PaperBenchmark.Run(table); break;
        case "start": await StartBenchmark.RunAsync(table); break;
        case "steady": await SteadyBenchmark.RunAsync(table); break;
        case "search": await SearchBenchmark.RunAsync(table); break;
        default:
            Console.Error.WriteLine($"unknown benchmark '{name}'; there are: registration attendance import workbook coach certificates report export search paper start steady");
            return 2;
    }
}
table.Print();
return 0;
