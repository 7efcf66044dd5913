using Training.Data.Writing;

namespace Training.Data.Bulk;

/// <summary>A child about to be registered, as far as the index knows it.</summary>
/// <param name="Row">The caller's number of it.</param>
/// <param name="BirthDate">Birth date.</param>
/// <param name="Sex">Sex as stored.</param>
/// <param name="NameKey">Name key.</param>
public readonly record struct HomonymQuestion(int Row, DateOnly BirthDate, byte Sex, string NameKey);

/// <summary>
/// Asks for many children at once whether one with the same birth date, sex and name key is registered already: a look into one index
/// each, so that it can be asked inside a chunk's transaction.
/// </summary>
public interface IHomonymProbe
{
    /// <summary>The rows that have a namesake, with the key of each.</summary>
    /// <param name="session">The change.</param>
    /// <param name="questions">The children.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<(int Row, int ParticipantId)>> FindAsync(
        WriteSession session, IReadOnlyCollection<HomonymQuestion> questions, CancellationToken cancellationToken);
}
