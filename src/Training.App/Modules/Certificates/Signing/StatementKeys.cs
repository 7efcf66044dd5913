using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Training.App.Platform.Security;

namespace Training.App.Modules.Certificates.Signing;

/// <summary>
/// The installation's own keys for the statements in square codes: made here, kept as its other secrets are. The newest signs; the
/// public part of all stays published, since a printed certificate lives longer than a key.
/// </summary>
internal sealed class StatementKeys(SystemSecrets secrets, TimeProvider time) : IDisposable
{
    private const string Names = "certificate-statements-";
    private const int Most = byte.MaxValue;

    /// <summary>How long a process may go on signing with the key before, after another process has made a new one.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    // One less than the order of P-256: a scalar between 1 and it is a private key.
    private static readonly BigInteger Scalars = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly SemaphoreSlim reading = new(1, 1);
    private IReadOnlyList<StatementKey> known = [];
    private DateTimeOffset readAt;

    /// <summary>Every key, the oldest first; the first one is made when it is asked for.</summary>
    public async ValueTask<IReadOnlyList<StatementKey>> AllAsync(CancellationToken cancellationToken)
    {
        if (known.Count > 0 && time.GetUtcNow() - readAt < Fresh) return known;
        await reading.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>The key that signs.</summary>
    public async ValueTask<StatementKey> CurrentAsync(CancellationToken cancellationToken) => (await AllAsync(cancellationToken))[^1];

    /// <summary>Makes the next key, which signs from now on.</summary>
    /// <returns>Null when there are as many as a statement can name.</returns>
    public async Task<StatementKey?> RotateAsync(CancellationToken cancellationToken)
    {
        var next = (await AllAsync(cancellationToken))[^1].Number + 1;
        if (next > Most) return null;
        await secrets.GetAsync(NameOf(next), cancellationToken);
        await reading.WaitAsync(cancellationToken);
        try
        {
            return (await ReadAsync(cancellationToken))[^1];
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    private async Task<IReadOnlyList<StatementKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var names = await secrets.NamesAsync(Names, cancellationToken);
        var numbers = names.Select(name => int.Parse(name.AsSpan(Names.Length), CultureInfo.InvariantCulture)).Order().DefaultIfEmpty(1).ToArray();
        if (numbers.Length != known.Count)
        {
            var keys = new List<StatementKey>(numbers.Length);
            foreach (var number in numbers)
                keys.Add(known.FirstOrDefault(key => key.Number == number) ?? KeyOf(number, await secrets.GetAsync(NameOf(number), cancellationToken)));
            known = keys;
        }
        readAt = time.GetUtcNow();
        return known;
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Names}{number}");

    private static StatementKey KeyOf(int number, byte[] secret)
    {
        var scalar = new BigInteger(secret, isUnsigned: true, isBigEndian: true) % Scalars + 1;
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] whole = [.. new byte[secret.Length - bytes.Length], .. bytes];
        return new StatementKey(number, ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = whole }));
    }
}
