// Checks square codes of certificates with what this device keeps: the published keys and the list of changed certificates.
import { judge } from './statement.js';
import { offerCamera } from './scan.js';
/** @typedef {import('./statement.js').Keys} Keys */
/** @typedef {import('./statement.js').Changes} Changes */

const KEYS = '/.well-known/certificate-keys.json', CHANGES = '/.well-known/certificate-status.json';
const page = /** @type {HTMLElement} */ (document.querySelector('[data-verify-offline]'));
const arabic = document.documentElement.lang.startsWith('ar');
const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (page.querySelector(`[data-${name}]`));
const text = (/** @type {string} */ key) => page.dataset[key] ?? '';
const day = (/** @type {string} */ date) => date.split('-').reverse().join('/');

const [keys, changes] = await Promise.all([lookUp(KEYS), lookUp(CHANGES)]);
part('dated').textContent = changes ? text('dated').replace('{0}', when(changes.asOf)) : text('noList');

if (!crypto.subtle || !keys) {
  part('problem').hidden = false;
} else {
  const form = /** @type {HTMLFormElement} */ (part('form'));
  const input = /** @type {HTMLInputElement} */ (form.querySelector('input'));
  form.hidden = false;
  form.addEventListener('submit', event => { event.preventDefault(); show(input.value.trim()); });
  await offerCamera(/** @type {HTMLElement} */ (form.querySelector('[data-scanner]')), code => { input.value = code; show(code); });
  // Opened by a square code itself, from a device without a network.
  if (location.pathname.startsWith('/v/') && location.hash) await show(location.href);
}

/** The service worker answers from what it keeps when there is no network. @param {string} address */
async function lookUp(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {string} instant */
function when(instant) {
  const at = new Date(instant);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `\u2066${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()} ${two(at.getHours())}:${two(at.getMinutes())}\u2069`;
}

/** @param {string} code */
async function show(code) {
  const { verdict, statement, withdrawnFrom } = await judge(code, /** @type {Keys} */ (keys), /** @type {Changes | null} */ (changes));
  const answer = part('verdict');
  answer.hidden = false;
  answer.className = `verdict ${{ valid: '', revoked: 'verdict--revoked', forged: 'verdict--revoked', replaced: 'verdict--replaced', revised: 'verdict--replaced' }[verdict] ?? 'verdict--unknown'}`;
  part('headline').textContent = text(verdict);
  part('explanation').textContent = text(`${verdict}Text`).replace('{0}', withdrawnFrom ? `\u2066${day(withdrawnFrom)}\u2069` : '');
  part('facts').hidden = statement === null;
  if (!statement) return;
  const programme = keys.editions.find((/** @type {import('./statement.js').Programme} */ known) => known.edition === statement.edition);
  part('holder').textContent = statement.initials;
  part('birth-year').textContent = String(statement.birthYear);
  part('kind').textContent = text(statement.completion ? 'completion' : 'participation');
  part('programme').textContent = (arabic ? programme?.nameAr : programme?.nameFr) ?? '';
  part('issued-on').textContent = day(statement.issuedOn);
  part('number').textContent = statement.number;
  part('issuer').textContent = (arabic ? programme?.issuerAr : programme?.issuerFr) ?? '';
}
