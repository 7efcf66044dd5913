using System.Buffers.Binary;

namespace Training.Domain.Attendance;

/// <summary>
/// The marks of a request as bytes, 25 a mark: id 16, enrollment 4, status 1, capture time 4 (seconds since 2020, UTC). One row a
/// request instead of one a mark is what makes a durable ledger cheap.
/// </summary>
public static class MarkList
{
    private const int Size = 25;
    private const int EnrollmentAt = 16;
    private const int StatusAt = 20;
    private const int CapturedAt = 21;

    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes marks.</summary>
    public static byte[] Write(IReadOnlyList<MarkInput> marks)
    {
        var bytes = new byte[marks.Count * Size];
        for (var i = 0; i < marks.Count; i++)
        {
            var at = bytes.AsSpan(i * Size, Size);
            marks[i].MarkId.TryWriteBytes(at);
            BinaryPrimitives.WriteInt32LittleEndian(at[EnrollmentAt..], marks[i].EnrollmentId);
            at[StatusAt] = (byte)marks[i].Status;
            var seconds = (long)(marks[i].CapturedAt - Epoch).TotalSeconds;
            BinaryPrimitives.WriteUInt32LittleEndian(at[CapturedAt..], (uint)Math.Clamp(seconds, 0, uint.MaxValue));
        }
        return bytes;
    }

    /// <summary>Adds what <see cref="Write"/> wrote to what was taken.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, Dictionary<Guid, TakenMark> taken)
    {
        for (var at = bytes; at.Length >= Size; at = at[Size..])
        {
            taken[new Guid(at[..EnrollmentAt])] = new TakenMark(
                BinaryPrimitives.ReadInt32LittleEndian(at[EnrollmentAt..]), (AttendanceStatus)at[StatusAt]);
        }
    }

    /// <summary>When each mark was captured, by its enrollment.</summary>
    public static IEnumerable<(int EnrollmentId, AttendanceStatus Status, DateTimeOffset CapturedAt)> Captures(byte[] bytes)
    {
        for (var from = 0; from + Size <= bytes.Length; from += Size)
        {
            yield return (
                BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(from + EnrollmentAt)), (AttendanceStatus)bytes[from + StatusAt],
                Epoch.AddSeconds(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(from + CapturedAt))));
        }
    }
}
