using Training.Domain.Directory;

namespace Training.Domain.Certificates;

/// <summary>One reason why there is no certificate yet, in a stable code with the facts that decide.</summary>
/// <param name="Code">Stable code, camelCase.</param>
/// <param name="Facts">The facts; empty when the code says everything.</param>
public sealed record CompletionGap(string Code, IReadOnlyDictionary<string, object?> Facts);

/// <summary>How far a youth is from completing an edition.</summary>
/// <param name="AttendedMinutes">Minutes of closed sessions at which the youth was present or late.</param>
/// <param name="RequiredMinutes">Minutes that the rule asks for.</param>
/// <param name="TotalMinutes">Minutes of the whole curriculum.</param>
/// <param name="Gaps">What is missing; empty when the rule is met.</param>
public sealed record CompletionState(int AttendedMinutes, int RequiredMinutes, int TotalMinutes, IReadOnlyList<CompletionGap> Gaps)
{
    /// <summary>True when the rule is met.</summary>
    public bool Met => Gaps.Count == 0;
}

/// <summary>Applies an edition's completion rule. Pure: the same facts give the same answer everywhere.</summary>
public static class Completion
{
    /// <summary>Gap: not enough hours. Facts: <c>attended</c>, <c>required</c>, <c>missing</c>, in minutes.</summary>
    public const string HoursMissing = "hoursMissing";

    /// <summary>Gap: mandatory modules not attended. Facts: <c>modules</c>, their codes separated by commas, and <c>count</c>.</summary>
    public const string ModulesMissing = "modulesMissing";

    /// <summary>Minutes that a rule asks for: its share of the curriculum, rounded up.</summary>
    public static int RequiredMinutes(CompletionRule rule, IReadOnlyCollection<CurriculumModule> curriculum) =>
        (int)(((long)curriculum.Sum(module => module.Minutes) * rule.HoursPercent + 99) / 100);

    /// <summary>Judges what was attended.</summary>
    /// <param name="rule">The edition's rule.</param>
    /// <param name="curriculum">The edition's modules.</param>
    /// <param name="attendedMinutes">Minutes of closed sessions at which the youth was present or late.</param>
    /// <param name="attendedModules">Keys of the modules covered in those sessions.</param>
    public static CompletionState Assess(
        CompletionRule rule, IReadOnlyCollection<CurriculumModule> curriculum, int attendedMinutes, IReadOnlySet<int> attendedModules)
    {
        var required = RequiredMinutes(rule, curriculum);
        var gaps = new List<CompletionGap>();
        if (attendedMinutes < required)
        {
            gaps.Add(new CompletionGap(HoursMissing, new Dictionary<string, object?>
            {
                ["attended"] = attendedMinutes,
                ["required"] = required,
                ["missing"] = required - attendedMinutes,
            }));
        }
        var missing = rule.AllMandatoryModules
            ? curriculum.Where(module => module.Mandatory && !attendedModules.Contains(module.Id)).OrderBy(module => module.Position).ToArray()
            : [];
        if (missing.Length > 0)
        {
            gaps.Add(new CompletionGap(ModulesMissing, new Dictionary<string, object?>
            {
                ["modules"] = string.Join(", ", missing.Select(module => module.Code)),
                ["count"] = missing.Length,
            }));
        }
        return new CompletionState(attendedMinutes, required, curriculum.Sum(module => module.Minutes), gaps);
    }
}
