using Training.App.Modules.Enrollments.Lifecycle.RollOver;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>What happens to an enrollment after the registration.</summary>
internal static class LifecycleModule
{
    public static void AddLifecycle(this IServiceCollection services)
    {
        services.AddScoped<EnrollmentDesk>();
        services.AddScoped<WaitingList>();
        services.AddScoped<ConsentBook>();
        services.AddScoped<OfferSweep>();
        services.AddHostedService<OfferWorker>();
        services.AddScoped<GetEnrollment.Handler>();
        services.AddScoped<ListGroupYouths.Handler>();
        services.AddScoped<DeskOverview.Handler>();
        services.AddScoped<ListWaiting.Handler>();
        services.AddScoped<WithdrawEnrollment.Handler>();
        services.AddScoped<ReenrollParticipant.Handler>();
        services.AddScoped<AnswerOffer.Handler>();
        services.AddScoped<OfferPlace.Handler>();
        services.AddScoped<ChangeCapacity.Handler>();
        services.AddScoped<LimitSite.Handler>();
        services.AddScoped<ChangeGroup.Handler>();
        services.AddScoped<RecordConsent.Handler>();
        services.AddScoped<AnswerConsent.Handler>();
        services.AddScoped<TransferBook>();
        services.AddScoped<AskTransfer.Handler>();
        services.AddScoped<FetchTransfer.Handler>();
        services.AddScoped<AnswerTransfer.Handler>();
        services.AddScoped<ListTransfers.Handler>();
        services.AddScoped<YouthCarrier>();
        services.AddScoped<ListRollOver.Handler>();
        services.AddScoped<TakeOver.Handler>();
    }

    public static void MapLifecycle(this IEndpointRouteBuilder routes)
    {
        GetEnrollment.Map(routes);
        DeskOverview.Map(routes);
        ListWaiting.Map(routes);
        WithdrawEnrollment.Map(routes);
        ReenrollParticipant.Map(routes);
        AnswerOffer.Map(routes);
        OfferPlace.Map(routes);
        ChangeCapacity.Map(routes);
        LimitSite.Map(routes);
        ChangeGroup.Map(routes);
        RecordConsent.Map(routes);
        AskTransfer.Map(routes);
        FetchTransfer.Map(routes);
        AnswerTransfer.Map(routes);
        ListTransfers.Map(routes);
        ListRollOver.Map(routes);
        TakeOver.Map(routes);
    }
}
