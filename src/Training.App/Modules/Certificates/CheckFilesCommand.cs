using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Commands;
using Training.Domain.Certificates;

namespace Training.App.Modules.Certificates;

[Command("certificates check-files", "", "Reads every certificate's document, makes damaged ones anew, names those that are lost; exit code 1 when any is.")]
internal sealed class CheckFilesCommand(ReadDb db, CertificateDocuments documents) : ICommand
{
    private const int Stride = 200;

    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<CertificateDocuments.Condition, int>();
        for (var after = 0; ;)
        {
            var rows = await db.Set<Certificate>().Where(row => row.Id > after && row.FileHash != null && row.ErasedAt == null).OrderBy(row => row.Id).Take(Stride).ToListAsync(cancellationToken);
            if (rows.Count == 0) break;
            foreach (var row in rows)
            {
                var found = (await documents.ReadAsync(row, cancellationToken)).Condition;
                counts[found] = counts.GetValueOrDefault(found) + 1;
                if (found == CertificateDocuments.Condition.Lost) await output.WriteLineAsync($"{row.Number} is lost");
            }
            after = rows[^1].Id;
        }
        int Count(CertificateDocuments.Condition condition) => counts.GetValueOrDefault(condition);
        await output.WriteLineAsync(
            $"{Count(CertificateDocuments.Condition.Whole)} whole, {Count(CertificateDocuments.Condition.Repaired)} made anew, {Count(CertificateDocuments.Condition.Lost)} lost");
        return Count(CertificateDocuments.Condition.Lost) == 0 ? 0 : 1;
    }
}
