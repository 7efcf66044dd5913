using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.Pdf.Layout;

/// <summary>Draws a table into a flow.</summary>
internal sealed class TableWriter
{
    private const double PaddingX = 4, PaddingY = 2.5;

    private static readonly PdfColor Rule = PdfColor.FromRgb(0xB4C0B9), HeaderFill = PdfColor.FromRgb(0xE6EFE9), Ink = PdfColor.FromRgb(0x1D2723);

    private readonly FlowDocument _flow;
    private readonly Table _table;
    private readonly double[] _widths;
    private readonly TextLook _headerLook;

    internal TableWriter(FlowDocument flow, Table table)
    {
        _flow = flow;
        _table = table;
        var weights = table.Columns.Sum(column => column.Weight);
        _widths = [.. table.Columns.Select(column => flow.Width * column.Weight / weights)];
        _headerLook = table.Look with { Bold = true };
    }

    private readonly record struct Cell(TableCell Source, double X, double Width, TextLook Look, IReadOnlyList<ShapedLine> Lines);

    internal void Write()
    {
        var header = Measure([.. _table.Columns.Select(column => new TableCell { Text = column.Header, Bold = true })], isHeader: true);
        var rows = _table.Rows;
        var first = rows.Count > 0 ? Height(Measure(rows[0], false)) : 0;
        _flow.Need(Math.Min(_flow.BodyHeight, Height(header) + first));
        _flow.Document.BeginGroup(StructureRole.Table);
        _flow.Document.BeginGroup(StructureRole.THead);
        Row(header, HeaderScope.Column, tagged: true);
        _flow.Document.EndGroup();
        _flow.Document.BeginGroup(StructureRole.TBody);
        foreach (var row in rows)
        {
            var cells = Measure(row, false);
            if (!_flow.Fits(Height(cells)))
                Continue(header);
            if (_flow.Fits(Height(cells)))
                Row(cells, HeaderScope.None, tagged: true);
            else
                TornRow(cells, header);
        }

        _flow.Document.EndGroup();
        _flow.Document.EndGroup();
        _flow.Space(8);
    }

    // The header once more at the top of a page: for the eye only, since the table has it already.
    private void Continue(Cell[] header)
    {
        _flow.PageBreak();
        Row(header, HeaderScope.Column, tagged: false);
    }

    private Cell[] Measure(IReadOnlyList<TableCell> row, bool isHeader)
    {
        var cells = new Cell[row.Count];
        double start = 0;
        var column = 0;
        for (var i = 0; i < row.Count; i++)
        {
            var width = _widths.Skip(column).Take(row[i].Span).Sum();
            var look = (row[i].Bold || row[i].IsHeader || isHeader ? _headerLook : _table.Look) with { Align = _table.Columns[column].Align };
            if (isHeader)
                look = _flow.Lines.FitWords(row[i].Text, look, width - 2 * PaddingX);
            var x = _flow.Setup.IsRightToLeft ? _flow.Left + _flow.Width - start - width : _flow.Left + start;
            IReadOnlyList<ShapedLine> lines = [];
            if (row[i].TickBox is null && _table.KeepsRowHeight)
                (look, lines) = OneLine(row[i].Text, look, width - 2 * PaddingX);
            else if (row[i].TickBox is null)
                lines = _flow.Lines.Break(row[i].Text, look, width - 2 * PaddingX);
            cells[i] = new Cell(row[i], x, width, look, lines);
            start += width;
            column += row[i].Span;
        }

        return cells;
    }

    private (TextLook, IReadOnlyList<ShapedLine>) OneLine(Phrase text, TextLook look, double width)
    {
        var fitted = _flow.Lines.Fit(text, look, width);
        return (look with { Size = fitted.Size }, fitted.Lines);
    }

    private double Height(Cell[] cells) => _table.KeepsRowHeight
        ? _table.RowHeight
        : Math.Max(_table.RowHeight, cells.Max(cell => Math.Max(1, cell.Lines.Count)) * _table.Look.LineHeight + 2 * PaddingY);

    private void Row(Cell[] cells, HeaderScope scope, bool tagged)
    {
        var height = Height(cells);
        Grid(cells, height, scope == HeaderScope.Column);
        if (tagged)
            _flow.Document.BeginGroup(StructureRole.TR);
        else
            _flow.Canvas.BeginArtifact();
        foreach (var cell in cells)
        {
            if (tagged)
                BeginCell(cell, scope);
            DrawLines(cell, cell.Lines, height);
            if (tagged)
                EndCell(cell, height);
        }

        if (tagged)
            _flow.Document.EndGroup();
        else
            _flow.Canvas.End();
        _flow.Advance(height);
    }

    private void BeginCell(Cell cell, HeaderScope scope)
    {
        if (cell.Source.IsHeader)
            scope = HeaderScope.Row;
        var role = scope == HeaderScope.None ? StructureRole.TD : StructureRole.TH;
        if (cell.Source.TickBox is null)
        {
            _flow.Canvas.BeginCell(role, scope, cell.Source.Span);
            return;
        }

        _flow.Document.BeginGroup(role, null, scope, cell.Source.Span);
        _flow.Canvas.BeginTag(StructureRole.Figure, 0, null, cell.Source.TickBox);
    }

    private void EndCell(Cell cell, double height)
    {
        if (cell.Source.TickBox is not null)
        {
            _flow.Canvas.SetStroke(Ink, 0.9);
            var side = _table.TickSide;
            _flow.Canvas.Rectangle(cell.X + (cell.Width - side) / 2, _flow.Y - (height + side) / 2, side, side);
            _flow.Canvas.Stroke();
        }

        _flow.Canvas.End();
        if (cell.Source.TickBox is not null)
            _flow.Document.EndGroup();
    }

    private void DrawLines(Cell cell, IEnumerable<ShapedLine> lines, double height)
    {
        var free = height - cell.Lines.Count * cell.Look.LineHeight;
        _flow.Lines.Draw(
            _flow.Canvas, lines, cell.Look, cell.Look.Size, cell.X + PaddingX, _flow.Y - Math.Max(PaddingY, free / 2), cell.Width - 2 * PaddingX);
    }

    // A row taller than a page goes on over pages line by line; each cell stays one part of the structure.
    private void TornRow(Cell[] cells, Cell[] header)
    {
        _flow.Document.BeginGroup(StructureRole.TR);
        var groups = new int[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var scope = cells[i].Source.IsHeader ? HeaderScope.Row : HeaderScope.None;
            _flow.Document.BeginGroup(scope == HeaderScope.Row ? StructureRole.TH : StructureRole.TD, null, scope, cells[i].Source.Span);
            groups[i] = _flow.Document.OpenGroup;
            _flow.Document.EndGroup();
        }

        var total = cells.Max(cell => cell.Lines.Count);
        for (var done = 0; done < total;)
        {
            var count = Math.Min(total - done, (int)((_flow.Room - 2 * PaddingY) / _table.Look.LineHeight));
            if (count < 1)
            {
                Continue(header);
                count = Math.Clamp((int)((_flow.Room - 2 * PaddingY) / _table.Look.LineHeight), 1, total - done);
            }

            var height = count * _table.Look.LineHeight + 2 * PaddingY;
            Grid(cells, height, false);
            for (var i = 0; i < cells.Length; i++)
            {
                _flow.Document.ReopenGroup(groups[i]);
                _flow.Canvas.BeginTag(StructureRole.Span, done);
                DrawLines(cells[i], cells[i].Lines.Skip(done).Take(count), 0);
                _flow.Canvas.End();
                _flow.Document.EndGroup();
            }

            _flow.Advance(height);
            done += count;
        }

        _flow.Document.EndGroup();
    }

    private void Grid(Cell[] cells, double height, bool filled)
    {
        var canvas = _flow.Canvas;
        canvas.BeginArtifact();
        if (filled)
        {
            canvas.SetFill(HeaderFill);
            canvas.Rectangle(_flow.Left, _flow.Y - height, _flow.Width, height);
            canvas.Fill();
        }

        canvas.SetStroke(Rule, 0.5);
        foreach (var cell in cells)
            canvas.Rectangle(cell.X, _flow.Y - height, cell.Width, height);
        canvas.Stroke();
        canvas.End();
    }
}
