// The text of a report. Engines differ in spaces and line breaks, so words are compared, page by page.

import { fileURLToPath } from 'node:url';
import { bytemill, missing } from '../bytemill.mjs';
import { report } from '../inputs.mjs';
import { peer, peerFolder } from '../peers/import.mjs';
import { wordAgreement } from '../verify.mjs';

const family = 'pdf';
const PAGES = 8;
const MIN_AGREEMENT = 0.98;

/** pdf.js as its examples use it in Node, with its character maps and fonts, and no warnings. */
async function pdfJs() {
  const { getDocument } = await peer('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = (/** @type {string} */ name) => fileURLToPath(peerFolder(`pdfjs-dist/${name}/`));
  const settings = {
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    verbosity: 0,
  };
  return async (/** @type {Uint8Array} */ bytes) => {
    // It takes its input's buffer away.
    const task = getDocument({ data: bytes.slice(), ...settings });
    const document = await task.promise;
    const pages = [];
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent();
      const line = (/** @type {any} */ { str, hasEOL }) => (hasEOL ? `${str}\n` : str);
      pages.push(items.map(line).join(''));
    }
    await task.destroy();
    return pages;
  };
}

/** @type {import('../harness.mjs').Case[]} */
export const cases = [
  {
    name: 'extract text',
    family,
    input: `report of ${PAGES} pages`,
    target: { 'pdf.js': 0.2, unpdf: 0.2 },
    unavailable: () => missing(family),
    async prepare() {
      const [viaPdfJs, unpdf] = await Promise.all([pdfJs(), peer('unpdf')]);
      const { bytes, markers } = report(PAGES);
      const expected = await viaPdfJs(bytes);
      return {
        contenders: {
          ours: () => bytemill.pdf.extractTextSync(bytes).split('\f'),
          'pdf.js': () => viaPdfJs(bytes),
          unpdf: async () => (await unpdf.extractText(bytes.slice())).text,
        },
        verify(/** @type {string[]} */ pages) {
          if (pages.length !== markers.length) {
            throw new Error(`expected ${markers.length} pages, got ${pages.length}`);
          }
          for (const [index, page] of pages.entries()) {
            if (!page.includes(markers[index])) {
              throw new Error(`page ${index + 1} does not say ${JSON.stringify(markers[index])}`);
            }
            const agreement = wordAgreement(page, expected[index]);
            if (agreement < MIN_AGREEMENT) {
              throw new Error(
                `page ${index + 1}: words agree by ${agreement.toFixed(3)} with pdf.js`,
              );
            }
          }
        },
      };
    },
  },
];
