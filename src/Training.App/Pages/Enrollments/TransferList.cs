using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Platform.Directory;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Pages.Enrollments;

/// <summary>Transfers as a page lists them, each with its buttons.</summary>
/// <param name="Items">The transfers.</param>
/// <param name="Directory">Names of the sites.</param>
internal sealed record TransferList(IReadOnlyList<ListTransfers.Item> Items, DirectorySnapshot Directory)
{
    /// <summary>A state's public name.</summary>
    public static string Code(TransferStatus status) => char.ToLowerInvariant(status.ToString()[0]) + status.ToString()[1..];

    /// <summary>Does what a button of the list says; the refusal, or null.</summary>
    public static async Task<Error?> AnswerAsync(
        AnswerTransfer.Handler answers, string? act, string? transfer, int? version, CancellationToken cancellationToken)
    {
        TransferStatus? answer = act switch
        {
            "acceptTransfer" => TransferStatus.Accepted,
            "refuseTransfer" => TransferStatus.Refused,
            "cancelTransfer" => TransferStatus.Cancelled,
            _ => null,
        };
        if (answer is not { } status) return Error.NotFound("transferNotFound");
        return (await answers.HandleAsync(transfer ?? "", status, new AnswerTransfer.Request(version, MayWait: null), cancellationToken)).Error;
    }
}
