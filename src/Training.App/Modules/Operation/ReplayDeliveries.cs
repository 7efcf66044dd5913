using Training.App.Platform.Http;
using Training.App.Platform.Messaging;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Operation;

/// <summary>Tries deliveries again that were given up: what a replay finds done already, it leaves as it is.</summary>
internal static class ReplayDeliveries
{
    internal sealed class Handler(DeadLetters letters, Caller caller, ILogger<Handler> log)
    {
        /// <param name="id">Which one; null for all.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>How many will be tried.</returns>
        public async Task<Result<int>> HandleAsync(long? id, CancellationToken cancellationToken)
        {
            if (!caller.Is(Role.Operator)) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var count = await letters.ReplayAsync(id, cancellationToken);
            if (count > 0) log.LogInformation("{Caller} has {Count} deliveries tried again", caller.Name, count);
            return count;
        }
    }
}
