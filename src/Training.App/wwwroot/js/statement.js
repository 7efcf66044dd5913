// Reads and checks the signed statement in a certificate's square code, with nothing but the published keys (CertificateStatement.cs
// has the layout). It asks no network: whoever calls brings the keys and the list of changed certificates.
/** @typedef {{ kid: string, kty: string, crv: string, x: string, y: string, withdrawnFrom?: string | null }} Key */
/** @typedef {{ edition: number, nameFr: string, nameAr: string, issuerFr: string, issuerAr: string }} Programme */
/** @typedef {{ keys: Key[], editions: Programme[] }} Keys */
/** @typedef {{ asOf: string, revoked: string[], replaced: string[], revised: { number: string, current: number }[] }} Changes */
/** @typedef {{ code: string, key: number, completion: boolean, revision: number, number: string, issuedOn: string, birthYear: number, edition: number, initials: string }} Statement */
/** @typedef {'unreadable' | 'unknownKey' | 'forged' | 'valid' | 'revoked' | 'replaced' | 'revised' | 'withdrawnKey'} Verdict */

const VERSION = 1, FIXED = 13, SIGNATURE = 64, PURPOSE = 'training.certificate.1:';
const FIRST_DAY = Date.UTC(2020, 0, 1), DAY = 86_400_000, FIRST_BIRTH_YEAR = 1950;

/** The two parts of what a square code says; null when it is none of ours. @param {string} text */
export function split(text) {
  const found = /\/v\/([0-9A-HJKMNP-TV-Z]{26})#([\w-]{100,140})\s*$/.exec(text);
  return found ? { code: found[1], packed: found[2] } : null;
}

/** @param {string} packed base64url */
function unpack(packed) {
  const text = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, character => character.charCodeAt(0));
}

/** @param {Uint8Array} bytes @param {string} code @returns {Statement} */
function read(bytes, code) {
  const view = new DataView(bytes.buffer);
  const issued = new Date(FIRST_DAY + view.getUint16(8) * DAY);
  return {
    code,
    key: bytes[1],
    completion: bytes[2] === 2,
    revision: bytes[3],
    number: `${issued.getUTCFullYear()}-${String(view.getInt32(4)).padStart(7, '0')}`,
    issuedOn: issued.toISOString().slice(0, 10),
    birthYear: FIRST_BIRTH_YEAR + bytes[10],
    edition: view.getUint16(11),
    initials: new TextDecoder().decode(bytes.subarray(FIXED, bytes.length - SIGNATURE)),
  };
}

/**
 * Judges what a square code says.
 * @param {string} text the whole address
 * @param {Keys} published
 * @param {Changes | null} changes null when no list is at hand
 * @returns {Promise<{ verdict: Verdict, statement: Statement | null, withdrawnFrom?: string }>}
 */
export async function judge(text, published, changes) {
  const parts = split(text);
  if (!parts) return { verdict: 'unreadable', statement: null };
  const bytes = unpack(parts.packed);
  if (bytes[0] !== VERSION || bytes.length <= FIXED + SIGNATURE) return { verdict: 'unreadable', statement: null };
  const statement = read(bytes, parts.code);
  const jwk = published.keys.find(key => key.kid === String(statement.key));
  if (!jwk) return { verdict: 'unknownKey', statement: null };
  const key = await crypto.subtle.importKey('jwk', { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const said = bytes.subarray(0, bytes.length - SIGNATURE);
  const signed = new Uint8Array([...new TextEncoder().encode(PURPOSE + parts.code), ...said]);
  const genuine = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes.subarray(bytes.length - SIGNATURE), signed);
  if (!genuine) return { verdict: 'forged', statement: null };
  const verdict = standing(statement, changes);
  // Whoever holds a leaked key signs what it likes, with any day of issue: the register alone knows.
  if (jwk.withdrawnFrom && verdict === 'valid') return { verdict: 'withdrawnKey', statement: null, withdrawnFrom: jwk.withdrawnFrom };
  return { verdict, statement };
}

/** @param {Statement} statement @param {Changes | null} changes @returns {Verdict} */
function standing(statement, changes) {
  if (changes?.revoked.includes(statement.number)) return 'revoked';
  if (changes?.replaced.includes(statement.number)) return 'replaced';
  return changes?.revised.some(change => change.number === statement.number && change.current > statement.revision) ? 'revised' : 'valid';
}
