using Training.App.Modules.Attendance;

namespace Training.App.Pages.Attendance;

/// <summary>Children whose families are to be called, on whichever page they stand.</summary>
/// <param name="Items">The children.</param>
/// <param name="Contacts">Whom to call for the child that was asked for; null while nobody asked.</param>
/// <param name="Address">Where the question for a phone goes.</param>
internal sealed record AbsenceList(
    IReadOnlyList<ListAbsences.Item> Items, (string Enrollment, GetContacts.Response Found)? Contacts, string Address);
