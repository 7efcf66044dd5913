// Prints the text of a PDF as the reader of Firefox finds it: a line for each line, pages one after the other.
import { readFile } from 'node:fs/promises';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

const data = new Uint8Array(await readFile(process.argv[2]));
const pdf = await getDocument({ data, verbosity: VerbosityLevel.ERRORS, isEvalSupported: false }).promise;
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  let line = '', y = null;
  for (const item of items) {
    const height = Math.round(item.transform[5]);
    if (y !== null && item.str !== '' && Math.abs(height - y) > 2) {
      console.log(line);
      line = '';
    }
    if (item.str !== '') y = height;
    line += item.str;
  }
  console.log(line);
}
