using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>A row that is not blank, by its number in the list.</summary>
internal readonly record struct NumberedRow(int Number, ReadRow Row);

/// <summary>Some rows of a list.</summary>
/// <param name="Rows">The rows, in their order.</param>
/// <param name="Share">How much of the file had been taken in then, 0 to 1.</param>
internal sealed record RowPortion(IReadOnlyList<NumberedRow> Rows, double Share);

/// <summary>Takes a list apart and checks its rows on a thread of its own, while those before are compared with each other.</summary>
internal static class RowsAhead
{
    private const int Length = 256;
    private const int Ahead = 4;

    /// <summary>The rows to the end of the list.</summary>
    /// <param name="sheet">The list, at its headings; nobody else reads it meanwhile.</param>
    /// <param name="reader">Checks each row.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<RowPortion> ReadAsync(ImportSheet sheet, RowReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var portions = Channel.CreateBounded<RowPortion>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => FillAsync(sheet, reader, portions.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var portion in portions.Reader.ReadAllAsync(cancellationToken)) yield return portion;
        }
        finally
        {
            // Whoever stops half-way disposes of the list next: it must not be read any more.
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task FillAsync(ImportSheet sheet, RowReader reader, ChannelWriter<RowPortion> portions, CancellationToken cancellationToken)
    {
        try
        {
            var rows = new List<NumberedRow>(Length);
            while (sheet.Rows.Read())
            {
                if (sheet.Rows.IsBlank) continue;
                rows.Add(new NumberedRow(sheet.Rows.Row, reader.Read(sheet.Rows)));
                if (rows.Count < Length) continue;
                await portions.WriteAsync(new RowPortion(rows, sheet.Share), cancellationToken);
                rows = new List<NumberedRow>(Length);
            }
            await portions.WriteAsync(new RowPortion(rows, sheet.Share), cancellationToken);
            portions.Complete();
        }
        catch (Exception fault) // Whoever takes the portions hears of it.
        {
            portions.Complete(fault);
        }
    }
}
