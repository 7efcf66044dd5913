namespace Training.App.Modules.Webhooks;

/// <summary>What a partner has to know, once, for the API's document.</summary>
internal static class WebhookHelp
{
    public const string Text = """
        Each event is posted as JSON with ids alone; what else may be known is asked of this API with the partner's own key.

        ```json
        { "id": "0c9f…", "type": "enrollment.created", "occurredAt": "2026-11-23T09:00:00Z",
          "data": { "enrollment": "e-…", "site": "RSB", "region": "04", "edition": "football-2026" } }
        { "id": "…", "type": "attendance.closed", "occurredAt": "…",
          "data": { "session": "s-…", "version": 4, "site": "…", "region": "…", "edition": "…" } }
        { "id": "…", "type": "certificate.issued", "occurredAt": "…",
          "data": { "certificate": "…", "revision": 1, "kind": "completion", "enrollment": "e-…", "site": "…", "region": "…", "edition": "…" } }
        ```
        `certificate.revoked` carries the same as `certificate.issued`.

        **Signature** (Standard Webhooks): the headers `webhook-id`, `webhook-timestamp` (seconds since 1970) and `webhook-signature`, one or
        more `v1,<base64>` with a space between them. One of them must equal HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`, with the
        bytes of the base64 text after `whsec_` as key. Refuse what is older than five minutes. After the secret was renewed both secrets sign for seven days.

        **Delivery**: at least once and in any order; drop an `id` you have had. Answer 2xx within 10 seconds; redirects are not followed and the
        body of the answer is not read. Anything else is tried again after 10 s, 1, 5 and 15 minutes, 1, 3 and then each 6 hours, for three days. 410 stops the webhook.
        What happened before the webhook was made is not told; with several processes it may take 20 seconds until all of them know a new webhook.
        """;
}
