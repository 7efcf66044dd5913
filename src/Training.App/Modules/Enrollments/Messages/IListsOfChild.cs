using Training.Domain.Common;

namespace Training.App.Modules.Enrollments.Messages;

/// <summary>The door to the uploaded lists for who answers for children's rights: lists lie in files that no scope filter sees.</summary>
public interface IListsOfChild
{
    /// <summary>
    /// Removes every stored list that names a child: those it came by, those decided about it, and those in which its names, its
    /// guardians' phones or its codes stand. What was registered by them stays registered.
    /// </summary>
    /// <param name="participantId">Key of the child's file, while it is still there.</param>
    /// <param name="cancellationToken">Gives up; what is removed stays removed.</param>
    /// <returns>How many lists were removed, or <c>importNotReady</c> when one of them is being worked on.</returns>
    Task<Result<int>> ForgetAsync(int participantId, CancellationToken cancellationToken);

    /// <summary>Removes the files of an edition's lists that are done, undone, refused or left alone since a day.</summary>
    /// <param name="editionId">The edition.</param>
    /// <param name="before">Lists that were last touched before this instant.</param>
    /// <param name="preview">True to count alone.</param>
    /// <param name="cancellationToken">Gives up; what is removed stays removed.</param>
    /// <returns>How many lists.</returns>
    Task<int> ForgetOldAsync(int editionId, DateTimeOffset before, bool preview, CancellationToken cancellationToken);
}
