// Reads the QR codes of cards with the phone's camera, in browsers that can (BarcodeDetector); elsewhere the typed field stands alone.
//   <div data-scanner hidden data-refused="…"> <button data-scan-start> <div data-scan-view hidden><video> <button data-scan-stop></div> <p data-scan-status role="status"></div>
/** @typedef {{ detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }} Detector */
/** @typedef {{ new (options: { formats: string[] }): Detector, getSupportedFormats(): Promise<string[]> }} DetectorClass */

/** Milliseconds between two looks, and for how many looks a card must be out of sight before it is read again. */
const PAUSE = 150, GONE = 8;

/** A code as it is compared: what people and scanners add or mistake is taken out, as the server does. @param {string} text */
export function plain(text) {
  return text.normalize('NFKC').toUpperCase().replace(/[\u0660-\u0669]/g, digit => String(digit.charCodeAt(0) - 0x660)).replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0').replace(/[IL]/g, '1').replaceAll('S', '5').replaceAll('U', 'V');
}

/**
 * Shows the button that opens the camera, where there is one that can be read.
 * @param {HTMLElement} scanner
 * @param {(code: string) => void} tell is told each card once while it is held before the camera
 */
export async function offerCamera(scanner, tell) {
  const Reader = /** @type {DetectorClass | undefined} */ (/** @type {any} */ (window).BarcodeDetector);
  if (!Reader || !navigator.mediaDevices?.getUserMedia) return;
  const formats = await Reader.getSupportedFormats().catch(() => /** @type {string[]} */ ([]));
  if (!formats.includes('qr_code')) return;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (scanner.querySelector(`[data-scan-${name}]`));
  const video = /** @type {HTMLVideoElement} */ (scanner.querySelector('video'));
  const detector = new Reader({ formats: ['qr_code'] });
  /** @type {MediaStream | null} */ let stream = null;
  let held = '', away = 0;

  async function look() {
    if (!stream) return;
    // A frame that is not there yet cannot be read; the next one can.
    const found = await detector.detect(video).catch(() => []);
    const code = found[0]?.rawValue ?? '';
    away = code === held ? 0 : away + 1;
    if (code && code !== held) {
      [held, away] = [code, 0];
      navigator.vibrate?.(60);
      tell(code);
    } else if (away >= GONE) {
      held = '';
    }
    setTimeout(look, PAUSE);
  }

  function stop() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = video.srcObject = null;
    held = '';
    part('view').hidden = true;
    part('start').hidden = false;
  }

  part('start').addEventListener('click', async () => {
    part('status').textContent = '';
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
    } catch {
      part('status').textContent = scanner.dataset.refused ?? '';
      return;
    }
    video.srcObject = stream;
    part('start').hidden = true;
    part('view').hidden = false;
    // Not waited for: a camera that is slow to show its first picture is looked at as soon as it does.
    video.play().catch(() => {});
    look();
  });
  part('stop').addEventListener('click', () => { stop(); part('start').focus(); });
  // A camera that nobody looks at is let go.
  document.addEventListener('visibilitychange', () => { if (document.hidden && stream) stop(); });
  scanner.hidden = false;
}
