using Training.Data.Outbox;

namespace Training.App.Platform.Messaging;

/// <summary>Serves what was promised to a broker before the system was configured to do without one.</summary>
internal sealed class SpreadLane(OutboxStore store, EventRoutes routes) : ILane
{
    private const int ClaimMax = 128;

    public string Consumer => OutboxRow.Broker;

    public bool IsOpen => true;

    public async Task<bool> ServeAsync(CancellationToken stopping)
    {
        var rows = await store.ClaimAsync(Consumer, ClaimMax, alone: false, stopping);
        if (rows.Count > 0) await store.SpreadAsync(rows, routes, stopping);
        return rows.Count == ClaimMax;
    }
}
