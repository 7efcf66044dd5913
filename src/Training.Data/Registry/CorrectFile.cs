using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Notifications;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.Data.Registry;

/// <summary>What a correction needs to be written.</summary>
/// <param name="NewGuardianId">Key for a guardian who is added.</param>
/// <param name="ClaimSecret">From which printed codes are derived.</param>
/// <param name="By">Who makes it.</param>
/// <param name="Now">The time.</param>
public sealed record CorrectionOrder(int NewGuardianId, byte[] ClaimSecret, string By, DateTimeOffset Now);

/// <summary>What a correction did beside the file itself.</summary>
/// <param name="Closed">Children whose family's way in ended: their printed code was renewed.</param>
/// <param name="Tied">Other children of guardians whose name, phone or language changed.</param>
/// <param name="Alike">How many files are now to be compared with this one.</param>
public sealed record Corrected(IReadOnlyList<int> Closed, IReadOnlyList<int> Tied, int Alike);

/// <summary>
/// Writes a correction into a child's file, in one change: what else hangs on the corrected part goes with it. Whoever held the former
/// phone is out at once, and a file that has become like another is put before a coordinator.
/// </summary>
/// <param name="session">The change; its context sees the child.</param>
/// <param name="provider">Lets changes wait for each other.</param>
public sealed class CorrectFile(WriteSession session, IDatabaseProvider provider)
{
    /// <summary>Changes of one file wait for each other under this name.</summary>
    public static string LockOf(int child) => FormattableString.Invariant($"file:{child}");

    private TrainingDbContext Db => session.Db;

    /// <summary>The file as it is, tracked; null when the context does not see the child.</summary>
    public async Task<FileState?> LoadAsync(int key, CancellationToken cancellationToken)
    {
        var child = await Db.Set<Participant>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
        if (child is null) return null;
        var ties = await Db.Set<Guardianship>().AsTracking().Where(row => row.ParticipantId == key).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        int[] keys = [.. ties.Select(tie => tie.GuardianId)];
        var guardians = await Db.Set<Guardian>().IgnoreQueryFilters().AsTracking().Where(row => keys.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var looking = await Db.Set<ViewOnlyGuardian>().Where(row => row.ParticipantId == key).Select(row => row.GuardianId).ToListAsync(cancellationToken);
        return new FileState(child, [.. ties.Select(tie => new KnownGuardian(guardians[tie.GuardianId], tie, looking.Contains(tie.GuardianId)))]);
    }

    /// <summary>Refuses an official code that stands in another file: one of the two is wrong, and nobody can be told by it.</summary>
    public async Task<Error?> ConflictAsync(int key, IReadOnlyList<CorrectedFact> facts, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        foreach (var (field, code) in facts.Where(fact => fact.After is not null).Select(fact => (fact.Field, fact.After)))
        {
            var others = Db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id != key && row.MergedIntoId != key);
            var taken = field switch
            {
                CorrectionFields.Massar => await others.AnyAsync(row => row.MassarCode == code, cancellationToken),
                CorrectionFields.Fifa => await others.AnyAsync(row => row.FifaId == code, cancellationToken),
                CorrectionFields.Licence => await others.AnyAsync(row => row.LicenceNumber == code, cancellationToken),
                _ => false,
            };
            if (taken) faults.Add(field, "codeOfAnotherFile");
        }
        return faults.None ? null : faults.ToError();
    }

    /// <summary>Writes the facts. They were compared with this state.</summary>
    public async Task<Corrected> ApplyAsync(FileState state, IReadOnlyList<CorrectedFact> facts, CorrectionOrder order, CancellationToken cancellationToken)
    {
        var child = state.Child;
        foreach (var fact in facts)
        {
            switch (fact.Field)
            {
                case CorrectionFields.BirthDate: child.BirthDate = DateOnly.Parse(fact.After!, CultureInfo.InvariantCulture); break;
                case CorrectionFields.Sex: child.Sex = Enum.Parse<Sex>(fact.After!, ignoreCase: true); break;
                case CorrectionFields.Massar: child.MassarCode = fact.After; break;
                case CorrectionFields.Fifa: child.FifaId = fact.After; break;
                case CorrectionFields.Licence: child.LicenceNumber = fact.After; break;
            }
        }
        child.Version++;
        var tied = await GuardianTies.OthersAsync(Db, state.SharedBy(facts), child.Id, cancellationToken);
        var doors = new FamilyDoors(session, provider);
        if (facts.Any(fact => fact.Field.EndsWith(CorrectionFields.Phone, StringComparison.Ordinal) || fact.Field.EndsWith(CorrectionFields.Ended, StringComparison.Ordinal)))
            await doors.HoldAsync(tied.Append(child.Id), cancellationToken);
        await GuardianTies.RaiseAsync(Db, tied, cancellationToken);
        var closed = new SortedSet<int>();
        foreach (var known in state.Guardians)
        {
            var own = facts.Where(fact => fact.Guardian == known.Tie.Position).ToArray();
            foreach (var fact in own) Change(known, fact, order);
            if (Array.Exists(own, fact => fact.Field.EndsWith(CorrectionFields.Phone, StringComparison.Ordinal)))
                closed.UnionWith(await doors.ShutAsync(known.Guardian.Id, null, order.Now, cancellationToken));
            if (!Array.Exists(own, fact => fact.Field.EndsWith(CorrectionFields.Ended, StringComparison.Ordinal))) continue;
            closed.UnionWith(await doors.ShutAsync(known.Guardian.Id, child.Id, order.Now, cancellationToken));
            Db.Remove(known.Tie);
        }
        await Db.SaveChangesAsync(cancellationToken);
        await RemoveEndedAsync(state, facts, cancellationToken);
        Add(state, facts, order);
        await doors.RenewAsync(closed, order.ClaimSecret, cancellationToken);
        return new Corrected([.. closed], tied, await CompareAsync(child.Id, order.Now, cancellationToken));
    }

    private void Change(KnownGuardian known, CorrectedFact fact, CorrectionOrder order)
    {
        var (guardian, tie) = (known.Guardian, known.Tie);
        switch (fact.Field[(fact.Field.IndexOf(']', StringComparison.Ordinal) + 1)..])
        {
            case CorrectionFields.Name: guardian.Name = fact.After!; break;
            case CorrectionFields.Relationship: tie.Relationship = Enum.Parse<Relationship>(fact.After!, ignoreCase: true); break;
            case CorrectionFields.Phone: guardian.Phone = fact.After; break;
            case CorrectionFields.Language: guardian.Language = Enum.Parse<FamilyLanguage>(fact.After!, ignoreCase: true); break;
            case CorrectionFields.ViewOnly when fact.After == "true":
                Db.Add(new ViewOnlyGuardian { ParticipantId = tie.ParticipantId, GuardianId = guardian.Id, SetBy = order.By, SetAt = order.Now });
                break;
            case CorrectionFields.ViewOnly:
                Db.Remove(new ViewOnlyGuardian { ParticipantId = tie.ParticipantId, GuardianId = guardian.Id, SetBy = order.By, SetAt = order.Now });
                break;
        }
    }

    /// <summary>Who is guardian of nobody any more, and signed nothing, is forgotten; the others move up in the order of contact.</summary>
    private async Task RemoveEndedAsync(FileState state, IReadOnlyList<CorrectedFact> facts, CancellationToken cancellationToken)
    {
        var ended = state.Guardians.Where(known => facts.Any(fact => fact.Field == CorrectionFields.OfGuardian(known.Tie.Position, CorrectionFields.Ended))).ToArray();
        if (ended.Length == 0) return;
        int[] keys = [.. ended.Select(known => known.Guardian.Id)];
        var child = state.Child.Id;
        await All<ViewOnlyGuardian>().Where(row => row.ParticipantId == child && keys.Contains(row.GuardianId)).ExecuteDeleteAsync(cancellationToken);
        var free = await All<Guardian>().Where(row => keys.Contains(row.Id)
                && !All<Guardianship>().Any(tie => tie.GuardianId == row.Id) && !All<Consent>().Any(consent => consent.GuardianId == row.Id)
                && !All<ConsentObjection>().Any(said => said.GuardianId == row.Id)
                && !All<MergeMove>().Any(move => move.RowId == row.Id && (move.Thing == MovedThing.Guardian || move.Thing == MovedThing.SharedGuardian)))
            .Select(row => row.Id).ToListAsync(cancellationToken);
        await All<PersonalLink>().Where(row => free.Contains(row.GuardianId)).ExecuteDeleteAsync(cancellationToken);
        await All<OneTimeCode>().Where(row => free.Contains(row.GuardianId)).ExecuteDeleteAsync(cancellationToken);
        await All<Notice>().Where(row => free.Contains(row.GuardianId ?? 0)).ExecuteUpdateAsync(set => set.SetProperty(row => row.GuardianId, (int?)null), cancellationToken);
        foreach (var known in ended.Where(known => free.Contains(known.Guardian.Id))) Db.Remove(known.Guardian);
        var position = 0;
        foreach (var known in state.Guardians.Except(ended)) known.Tie.Position = ++position;
        await Db.SaveChangesAsync(cancellationToken);
    }

    private void Add(FileState state, IReadOnlyList<CorrectedFact> facts, CorrectionOrder order)
    {
        string? Said(string part) => facts.FirstOrDefault(fact => fact.Field == CorrectionFields.OfGuardian(0, part))?.After;
        if (Said(CorrectionFields.Name) is not { } name) return;
        var child = state.Child.Id;
        var kept = state.Guardians.Count(known => Db.Entry(known.Tie).State is not (EntityState.Detached or EntityState.Deleted));
        session.Rows.Insert(new Guardian
        {
            Id = order.NewGuardianId, Name = name, Phone = Said(CorrectionFields.Phone), Language = Enum.Parse<FamilyLanguage>(Said(CorrectionFields.Language)!, ignoreCase: true), CreatedAt = order.Now,
        });
        session.Rows.Insert(new Guardianship
        {
            ParticipantId = child, GuardianId = order.NewGuardianId, Relationship = Enum.Parse<Relationship>(Said(CorrectionFields.Relationship)!, ignoreCase: true), Position = kept + 1,
        });
        if (Said(CorrectionFields.ViewOnly) == "true")
            session.Rows.Insert(new ViewOnlyGuardian { ParticipantId = child, GuardianId = order.NewGuardianId, SetBy = order.By, SetAt = order.Now });
    }

    /// <summary>Compares the file anew with those it may have become like, in the whole country; a pair that was decided stays so.</summary>
    private async Task<int> CompareAsync(int key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var child = await All<Participant>().AsNoTracking().SingleAsync(row => row.Id == key, cancellationToken);
        var dates = new DateOnly[BirthDateBlocks.MaxCount];
        dates = dates[..BirthDateBlocks.Write(child.BirthDate, dates)];
        var phones = All<Guardianship>().Where(tie => tie.ParticipantId == key).Join(All<Guardian>(), tie => tie.GuardianId, guardian => guardian.Id, (_, guardian) => guardian.Phone);
        var family = await All<Guardian>().Where(row => row.Phone != null && phones.Contains(row.Phone))
            .Join(All<Guardianship>(), guardian => guardian.Id, tie => tie.GuardianId, (_, tie) => tie.ParticipantId).Distinct().ToListAsync(cancellationToken);
        var near = await All<Participant>().AsNoTracking().Where(row => row.Id != key && row.MergedIntoId == null
                && (family.Contains(row.Id) || (EF.Parameter(dates).Contains(row.BirthDate) && row.Sex == child.Sex)))
            .ToListAsync(cancellationToken);
        var forms = child.Facts([]);
        near.RemoveAll(row => !NameComparison.Meet(forms.Given, forms.Family, NameForms.Of(row.GivenName, row.GivenNameAr), NameForms.Of(row.FamilyName, row.FamilyNameAr)));
        int[] keys = [key, .. near.Select(row => row.Id)];
        var known = (await All<Guardianship>().Where(tie => EF.Parameter(keys).Contains(tie.ParticipantId))
                .Join(All<Guardian>().Where(row => row.Phone != null), tie => tie.GuardianId, guardian => guardian.Id, (tie, guardian) => new { tie.ParticipantId, guardian.Phone })
                .ToListAsync(cancellationToken)).ToLookup(row => row.ParticipantId, row => PhoneNumber.FromE164(row.Phone!));
        var pairs = new List<DuplicatePair>();
        foreach (var other in near)
        {
            var match = DuplicateMatcher.Compare(child.Facts([.. known[key]]), other.Facts([.. known[other.Id]]));
            if (match.Verdict != MatchVerdict.Different) pairs.Add(DuplicatePair.Of(key, other.Id, match, PairSource.Correction, now));
        }
        await new PairMemory(session).RememberAsync(pairs, cancellationToken);
        return pairs.Count;
    }

    private IQueryable<TEntity> All<TEntity>()
        where TEntity : class => Db.Set<TEntity>().IgnoreQueryFilters();
}
