using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Enrollments;

/// <summary>What is remembered of children whom somebody registered as another than those they look like.</summary>
/// <param name="session">The change that registers them.</param>
/// <param name="scope">What those who decided see.</param>
public sealed class DecidedChildren(WriteSession session, AccessScope scope)
{
    private readonly List<DuplicatePair> pairs = [];

    /// <summary>Takes a child; asked before its file is written, so that it is not found beside itself.</summary>
    /// <param name="registration">The child.</param>
    /// <param name="newId">Key of its file.</param>
    /// <param name="by">Who said so, by the caller's stable name.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AddAsync(Registration registration, int newId, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        pairs.AddRange(await new DuplicateSearch(session, scope).DifferentAsync(registration, newId, by, now, cancellationToken));

    /// <summary>Keeps the pairs, after the files were written.</summary>
    public Task RememberAsync(CancellationToken cancellationToken) =>
        pairs.Count == 0 ? Task.CompletedTask : new PairMemory(session).RememberNewAsync(pairs, cancellationToken);
}
