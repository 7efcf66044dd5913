// Types a printed sheet in without looking up from it: 1 to 4 tick the row's box and go on to the next row, the arrows go up and
// down, Delete takes back what is not saved yet, a proposal of a photograph too. Without this module the form's boxes are pressed and posted as they are.
// Needs on the form: data-sheet; on each row: data-enrollment, data-proposed when its tick is one; a status line: data-sheet-status data-count data-unsaved.

const form = document.querySelector('form[data-sheet]');
if (form instanceof HTMLFormElement) enhance(form);

/** @param {HTMLFormElement} form */
function enhance(form) {
  const rows = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('[data-enrollment]')]);
  /** @param {Element} row @returns {HTMLInputElement[]} */
  const boxes = row => [...row.querySelectorAll('input')];
  /** @param {Element} row */
  const chosen = row => boxes(row).find(box => box.checked) ?? null;
  /** What stands in the book, by row: only what differs from it is unsaved. */
  const book = new Map(rows.map(row => [row, row.dataset.proposed ? null : boxes(row).find(box => box.defaultChecked) ?? null]));
  const status = /** @type {HTMLElement | null} */ (form.querySelector('[data-sheet-status]'));
  let sending = false;

  const unsaved = () => rows.filter(row => chosen(row) !== book.get(row));

  function tell() {
    if (!status) return;
    const left = unsaved();
    const done = (status.dataset.count ?? '').replace('{n}', String(rows.filter(chosen).length)).replace('{all}', String(rows.length));
    status.textContent = left.length > 0 ? `${done} · ${(status.dataset.unsaved ?? '').replace('{n}', String(left.length))}` : done;
    for (const row of rows) row.classList.toggle('is-unsaved', left.includes(row));
  }

  /** @param {HTMLElement | undefined} row */
  function go(row) {
    if (!row) return;
    (chosen(row) ?? boxes(row)[0])?.focus();
    row.scrollIntoView({ block: 'nearest' });
  }

  form.addEventListener('keydown', event => {
    const row = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-enrollment]')) : null;
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const place = rows.indexOf(row);
    // By the key's place: on a French keyboard the digits need a shift.
    const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code)?.[1];
    if (digit) {
      boxes(row)[Number(digit) - 1].checked = true;
      go(rows[place + 1] ?? row);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      go(rows[place + (event.key === 'ArrowDown' ? 1 : -1)]);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      for (const box of boxes(row)) box.checked = box === book.get(row);
    } else {
      return;
    }
    event.preventDefault();
    tell();
  });
  form.addEventListener('change', tell);
  form.addEventListener('submit', () => { sending = true; });
  window.addEventListener('beforeunload', event => { if (!sending && unsaved().length > 0) event.preventDefault(); });
  form.querySelectorAll('[data-with-script]').forEach(part => part.removeAttribute('hidden'));
  document.querySelectorAll('p[data-with-script]').forEach(part => part.removeAttribute('hidden'));
  const saved = status?.textContent;
  tell();
  if (saved && status) status.textContent = `${saved} ${status.textContent}`;
  // What is said above the rows, of a photograph or of a refusal, is read first.
  if (!document.querySelector('.error-summary') && !rows.some(row => row.dataset.proposed)) go(rows.find(row => !chosen(row)) ?? rows[0]);
}
