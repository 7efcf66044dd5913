using Microsoft.EntityFrameworkCore;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>What a surviving file takes over because it has nothing there itself; what it has is never replaced.</summary>
internal static class FilledParts
{
    /// <summary>Parts that only the ended file has.</summary>
    public static FileParts Missing(Participant survivor, Participant retired)
    {
        var parts = FileParts.None;
        if (survivor is { GivenName: null, FamilyName: null } && retired is { GivenName: not null, FamilyName: not null }) parts |= FileParts.LatinName;
        if (survivor is { GivenNameAr: null, FamilyNameAr: null } && retired is { GivenNameAr: not null, FamilyNameAr: not null }) parts |= FileParts.ArabicName;
        if (survivor.MassarCode is null && retired.MassarCode is not null) parts |= FileParts.MassarCode;
        if (survivor.FifaId is null && retired.FifaId is not null) parts |= FileParts.FifaId;
        if (survivor.LicenceNumber is null && retired.LicenceNumber is not null) parts |= FileParts.LicenceNumber;
        if (survivor.ProvinceId is null && retired.ProvinceId is not null) parts |= FileParts.Province;
        return parts;
    }

    /// <summary>Takes the parts over.</summary>
    public static void Take(Participant survivor, Participant retired, FileParts parts)
    {
        if (parts.HasFlag(FileParts.LatinName)) (survivor.GivenName, survivor.FamilyName) = (retired.GivenName, retired.FamilyName);
        if (parts.HasFlag(FileParts.ArabicName)) (survivor.GivenNameAr, survivor.FamilyNameAr) = (retired.GivenNameAr, retired.FamilyNameAr);
        if (parts.HasFlag(FileParts.MassarCode)) survivor.MassarCode = retired.MassarCode;
        if (parts.HasFlag(FileParts.FifaId)) survivor.FifaId = retired.FifaId;
        if (parts.HasFlag(FileParts.LicenceNumber)) survivor.LicenceNumber = retired.LicenceNumber;
        if (parts.HasFlag(FileParts.Province)) survivor.ProvinceId = retired.ProvinceId;
    }

    /// <summary>Gives the parts back, unless somebody corrected them meanwhile.</summary>
    public static void GiveBack(Participant survivor, Participant retired, FileParts parts)
    {
        if (parts.HasFlag(FileParts.LatinName) && (survivor.GivenName, survivor.FamilyName) == (retired.GivenName, retired.FamilyName))
            (survivor.GivenName, survivor.FamilyName) = (null, null);
        if (parts.HasFlag(FileParts.ArabicName) && (survivor.GivenNameAr, survivor.FamilyNameAr) == (retired.GivenNameAr, retired.FamilyNameAr))
            (survivor.GivenNameAr, survivor.FamilyNameAr) = (null, null);
        if (parts.HasFlag(FileParts.MassarCode) && survivor.MassarCode == retired.MassarCode) survivor.MassarCode = null;
        if (parts.HasFlag(FileParts.FifaId) && survivor.FifaId == retired.FifaId) survivor.FifaId = null;
        if (parts.HasFlag(FileParts.LicenceNumber) && survivor.LicenceNumber == retired.LicenceNumber) survivor.LicenceNumber = null;
        if (parts.HasFlag(FileParts.Province) && survivor.ProvinceId == retired.ProvinceId) survivor.ProvinceId = null;
    }

    /// <summary>Takes what a registration says of a known child and the file does not, and writes it down; nothing is overwritten.</summary>
    /// <returns>False when the file lacked nothing.</returns>
    public static async Task<bool> FillAsync(TrainingDbContext db, Participant file, Registration said, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = said.OpenFile(file.Id, claimHash: 0, now);
        var parts = Missing(file, told);
        if (parts == FileParts.None) return false;
        Take(file, told, parts);
        await SaveAsync(db, file, cancellationToken);
        return true;
    }

    /// <summary>Writes the parts of a file.</summary>
    public static Task SaveAsync(TrainingDbContext db, Participant file, CancellationToken cancellationToken) =>
        db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == file.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.GivenName, file.GivenName).SetProperty(row => row.FamilyName, file.FamilyName)
                .SetProperty(row => row.GivenNameAr, file.GivenNameAr).SetProperty(row => row.FamilyNameAr, file.FamilyNameAr)
                .SetProperty(row => row.MassarCode, file.MassarCode)
                .SetProperty(row => row.FifaId, file.FifaId).SetProperty(row => row.LicenceNumber, file.LicenceNumber)
                .SetProperty(row => row.ProvinceId, file.ProvinceId).SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
}
