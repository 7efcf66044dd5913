using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using MassTransit;
using MassTransit.Mediator;
using Training.App.Platform.Http;
using Training.App.Platform.Telemetry;

namespace Training.App.Platform.Messaging;

/// <summary>One consumer of one message type, and how a message reaches it.</summary>
internal abstract class ConsumerRoute
{
    /// <summary>Stable name: it stands in outbox rows and in the names of queues.</summary>
    public string Name => $"{Consumer.Name}.{Message.Name}";

    /// <summary>The consumer class.</summary>
    public abstract Type Consumer { get; }

    /// <summary>The message record.</summary>
    public abstract Type Message { get; }

    /// <summary>How many deliveries the consumer takes at once; 1 keeps their order.</summary>
    public int Concurrency => Consumer.GetCustomAttribute<UnorderedAttribute>()?.Concurrency ?? 1;

    /// <summary>True when deliveries of one key may be served by the last of them.</summary>
    public abstract bool Coalesces { get; }

    /// <summary>Reads a message from an outbox row.</summary>
    /// <exception cref="JsonException">The text is not such a message.</exception>
    public abstract object Read(string body);

    /// <summary>The key by which deliveries are served together; only for a consumer that coalesces.</summary>
    public abstract string KeyOf(IServiceProvider services, object message);

    /// <summary>A mediator that knows this consumer only, so that its exception comes back and no other consumer is touched.</summary>
    public abstract IMediator CreateMediator(IServiceScopeFactory scopes);

    /// <summary>Hands a message over and ends when the consumer has finished, or with its exception.</summary>
    public abstract Task SendAsync(IMediator mediator, object message, Guid eventId, CancellationToken cancellationToken);

    /// <summary>Lets an endpoint feed this consumer.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="scopes">Each message is consumed in a scope of its own.</param>
    /// <param name="cover">What is thrown instead of the consumer's exception; null to let it through.</param>
    public abstract void Attach(IReceiveEndpointConfigurator endpoint, IServiceScopeFactory scopes, Func<ConsumeContext, Exception, Exception>? cover);

    /// <summary>Lets the publisher declare this consumer's queue too, so that no event is published before there is a place for it.</summary>
    public abstract void BindOnPublish(IRabbitMqBusFactoryConfigurator bus);

    /// <summary>The route of a consumer class for one of its messages.</summary>
    public static ConsumerRoute Of(Type consumer, Type message) =>
        (ConsumerRoute)Activator.CreateInstance(typeof(Typed<,>).MakeGenericType(consumer, message))!;

    private sealed class Typed<TConsumer, TMessage> : ConsumerRoute
        where TConsumer : class, IConsumer<TMessage>
        where TMessage : class
    {
        private static readonly string Span = $"consume {typeof(TConsumer).Name}.{typeof(TMessage).Name}";

        public override Type Consumer => typeof(TConsumer);

        public override Type Message => typeof(TMessage);

        public override bool Coalesces => typeof(TConsumer).IsAssignableTo(typeof(ICoalesce<TMessage>));

        public override object Read(string body) =>
            JsonSerializer.Deserialize<TMessage>(body, JsonSerializerOptions.Web) ?? throw new JsonException("The body is null.");

        public override string KeyOf(IServiceProvider services, object message) =>
            ((ICoalesce<TMessage>)services.GetRequiredService<TConsumer>()).KeyOf((TMessage)message);

        public override IMediator CreateMediator(IServiceScopeFactory scopes) =>
            MassTransit.Bus.Factory.CreateMediator(mediator => Attach(mediator, scopes, cover: null));

        public override Task SendAsync(IMediator mediator, object message, Guid eventId, CancellationToken cancellationToken) =>
            mediator.Send(
                (TMessage)message, Pipe.Execute<SendContext<TMessage>>(context => context.MessageId = eventId), cancellationToken);

        public override void Attach(IReceiveEndpointConfigurator endpoint, IServiceScopeFactory scopes, Func<ConsumeContext, Exception, Exception>? cover) =>
            endpoint.Handler<TMessage>(context => cover is null ? ConsumeAsync(scopes, context) : ConsumeCoveredAsync(scopes, context, cover));

        public override void BindOnPublish(IRabbitMqBusFactoryConfigurator bus) =>
            bus.Publish<TMessage>(message => message.BindQueue(Message.Name, Name, queue => queue.SetQuorumQueue()));

        private static async Task ConsumeCoveredAsync(
            IServiceScopeFactory scopes, ConsumeContext<TMessage> context, Func<ConsumeContext, Exception, Exception> cover)
        {
            try
            {
                await ConsumeAsync(scopes, context);
            }
            catch (Exception fault) when (!context.CancellationToken.IsCancellationRequested)
            {
                throw cover(context, fault);
            }
        }

        private static async Task ConsumeAsync(IServiceScopeFactory scopes, ConsumeContext<TMessage> context)
        {
            using var span = Measures.Work.StartActivity(Span, ActivityKind.Consumer);
            try
            {
                await ConsumeInScopeAsync(scopes, context);
            }
            catch (Exception fault) when (span is not null)
            {
                span.SetStatus(ActivityStatusCode.Error, fault.GetType().Name); // Its text may quote somebody.
                throw;
            }
        }

        private static async Task ConsumeInScopeAsync(IServiceScopeFactory scopes, ConsumeContext<TMessage> context)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallerAccessor>().Current = Caller.System;
            await scope.ServiceProvider.GetRequiredService<TConsumer>().Consume(context);
        }
    }
}
