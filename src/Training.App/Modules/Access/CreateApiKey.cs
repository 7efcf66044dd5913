using System.Buffers.Text;
using System.Security.Cryptography;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>Gives an organisation a key. It is shown once: only its hash is kept.</summary>
internal static class CreateApiKey
{
    /// <param name="Organisation">Shown to operators.</param>
    /// <param name="Region">Code of the region it is limited to; null when not by region.</param>
    /// <param name="Site">Code of the site it is limited to; null when not by site.</param>
    internal sealed record Request(string? Organisation, string? Region, string? Site)
    {
        /// <summary>What it may be used for.</summary>
        public KeyScopes Scopes { get; init; } = KeyScopes.All;

        /// <summary>Last local day on which it works; null: without end.</summary>
        public DateOnly? EndsOn { get; init; }
    }

    /// <param name="Key">The key itself, never to be had again.</param>
    internal sealed record Response(string Key);

    internal sealed class Handler(DirectoryCatalog catalog, IWriteGate gate, Caller caller, TimeProvider time)
    {
        private const int OrganisationMax = 120;
        private const int RandomBytes = 32;

        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var faults = new Faults();
            var organisation = PersonText.Clean(request.Organisation);
            if (organisation.Length == 0) faults.Add("organisation", "missing");
            if (organisation.Length > OrganisationMax) faults.Add("organisation", "tooLong", ("max", OrganisationMax));
            var region = directory.FindRegion(request.Region);
            if (request.Region is not null && region is null) faults.Add("region", "unknownValue");
            var site = directory.FindSite(request.Site);
            if (request.Site is not null && site is null) faults.Add("site", "unknownValue");
            if (request.Scopes is KeyScopes.None) faults.Add("scopes", "missing");
            if (request.EndsOn < time.Today()) faults.Add("endsOn", "endsBeforeStart");
            if (!faults.None) return faults.ToError();

            var key = New();
            return await gate.WriteAsync<Response>(
                AccessScope.None,
                async (session, token) =>
                {
                    session.Db.Add(new ApiKey
                    {
                        Organisation = organisation,
                        Hash = ApiKeyAuthentication.HashOf(key),
                        RegionId = region?.Id,
                        SiteId = site?.Id,
                        Scopes = request.Scopes,
                        CreatedAt = time.GetUtcNow(),
                        CreatedBy = caller.Name,
                        ExpiresAt = request.EndsOn is { } last ? LocalTime.EndOf(last) : null,
                    });
                    await session.Db.SaveChangesAsync(token);
                    return new Response(key);
                },
                cancellationToken);
        }

        /// <summary>A key nobody had before.</summary>
        internal static string New() => "trn_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
    }
}
