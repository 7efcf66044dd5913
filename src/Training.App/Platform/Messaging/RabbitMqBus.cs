using MassTransit;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Messaging;

/// <summary>How the broker is used.</summary>
/// <param name="Retries">Pauses between the tries of a failing consumer, before its message goes to the error queue.</param>
/// <param name="Reconnect">Pause before a broker that is away is tried again.</param>
internal sealed record BrokerSettings(IReadOnlyList<TimeSpan> Retries, TimeSpan Reconnect)
{
    public static BrokerSettings Default { get; } = new(
        [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)], TimeSpan.FromSeconds(2));
}

/// <summary>
/// The bus over RabbitMQ: one durable quorum queue per consumer, fed by one exchange per message. Worker processes connect, others
/// do not. It starts when the broker can be reached and connects again when it was away.
/// </summary>
internal sealed class RabbitMqBus(
    AppOptions options, EventRoutes routes, IServiceScopeFactory scopes, BrokerSettings settings, RelaySignal signal,
    ILoggerFactory logs) : BackgroundService
{
    private const int Prefetch = 16;
    private const int ConcurrencyMin = 4;

    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(1);

    private readonly ILogger log = logs.CreateLogger<RabbitMqBus>();
    private volatile IBusControl? running;

    /// <summary>True once the broker has been reached.</summary>
    public bool IsRunning => running is not null;

    /// <summary>True while the broker is reached.</summary>
    public bool IsConnected => running?.CheckHealth().Status == BusHealthStatus.Healthy;

    /// <summary>Publishes one event; ends when the broker has it safely in every consumer's queue.</summary>
    /// <exception cref="BrokerAwayException">The bus has not started yet.</exception>
    public Task PublishAsync(object message, Type type, Guid eventId, CancellationToken cancellationToken) =>
        PublishAsync(running ?? throw new BrokerAwayException(), message, type, eventId, cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (running is { } bus) await bus.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.UsesRabbitMq || !options.Roles.HasFlag(AppRoles.Worker)) return;
        await Task.Yield();
        using var timer = new PeriodicTimer(settings.Reconnect);
        try
        {
            while (!await TryStartAsync(stoppingToken)) await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends before its broker has come.
        }
    }

    private async Task<bool> TryStartAsync(CancellationToken stopping)
    {
        try
        {
            // A bus whose start has failed cannot be started again, nor does it let its connections go: so look first.
            var look = new RabbitMQ.Client.ConnectionFactory { Uri = options.RabbitMq! };
            await using (await look.CreateConnectionAsync(stopping))
            {
            }
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            end.CancelAfter(StartMax);
            var bus = Create();
            await bus.StartAsync(end.Token);
            running = bus;
            signal.Wake();
            return true;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested) // Whatever keeps the broker away, it may come back.
        {
            log.LogWarning("The broker cannot be reached: {Fault}", FaultNames.Of(fault));
            return false;
        }
    }

    /// <summary>Publishes by a bus that need not have been started.</summary>
    internal static Task PublishAsync(IBus bus, object message, Type type, Guid eventId, CancellationToken cancellationToken) => bus.Publish(
        message,
        type,
        Pipe.Execute<PublishContext>(context =>
        {
            context.MessageId = eventId;
            context.Mandatory = true; // A message that no queue takes must come back, not vanish.
        }),
        cancellationToken);

    /// <summary>
    /// Builds the bus without starting it; outside the container, whose registration would also report usage to the library's vendor.
    /// </summary>
    internal IBusControl Create()
    {
        LogContext.ConfigureCurrentLogContext(logs);
        return Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(options.RabbitMq!);
            bus.MessageTopology.SetEntityNameFormatter(new RecordNames());
            // The body is the message alone, as in the outbox: a contract that does not name our classes.
            bus.ClearSerialization();
            bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType | RawSerializerOptions.AddTransportHeaders);
            foreach (var route in routes.Consumers)
            {
                route.BindOnPublish(bus);
                bus.ReceiveEndpoint(route.Name, queue =>
                {
                    queue.SetQuorumQueue();
                    queue.PrefetchCount = Prefetch;
                    queue.ConcurrentMessageLimit = Math.Max(ConcurrencyMin, route.Concurrency);
                    queue.PublishFaults = false;
                    queue.UseMessageRetry(retry => retry.Intervals([.. settings.Retries]));
                    route.Attach(queue, scopes, (context, fault) => Cover(context, fault, route));
                });
            }
        });
    }

    /// <summary>The transport writes a failure's message into logs and headers; it may quote a person, so only types are passed on.</summary>
    private DeliveryFailedException Cover(ConsumeContext context, Exception fault, ConsumerRoute route)
    {
        log.LogWarning("Delivery of {Event} to {Consumer} failed: {Fault}", context.MessageId, route.Name, FaultNames.Describe(fault));
        return new DeliveryFailedException(FaultNames.Of(fault));
    }

    private sealed class RecordNames : IEntityNameFormatter
    {
        public string FormatEntityName<T>() => typeof(T).Name;
    }
}

/// <summary>A consumer failed; the message names the types of what it threw.</summary>
internal sealed class DeliveryFailedException(string faults) : Exception(faults);

/// <summary>The broker has not been reached yet.</summary>
internal sealed class BrokerAwayException() : Exception("The broker has not been reached yet.");
