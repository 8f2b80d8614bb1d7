// The text of a report, and of real files. Engines differ in spaces and line breaks, so words are compared, page by page.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bytemill, missing } from '../bytemill.mjs';
import { report } from '../inputs.mjs';
import { engines } from '../pdf-quality/engines.mjs';
import { documents } from '../pdf-quality/files.mjs';
import { peer, peerFolder } from '../peers/import.mjs';
import { wordAgreement } from '../verify.mjs';

const family = 'pdf';
const PAGES = 8;
const MIN_AGREEMENT = 0.98;

/**
 * Real files that every contender opens, of 8 pages at most and with words on each: from the conformance sets, the first
 * in the order of their digests, which is no order.
 */
const selection = readFileSync(new URL('../pdf-quality/selection.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean);
/** What is asked of an engine over all real files, beside pdf.js: none is right about every word. */
const MIN_MEAN_AGREEMENT = 0.9;

/** @returns {Uint8Array[] | undefined} The files of the selection, if all are here. */
function realFiles() {
  const found = new Map(documents()?.map(({ name, path }) => [name, path]));
  const paths = selection.map((name) => found.get(name));
  if (paths.includes(undefined)) return undefined;
  return paths.map((path) => new Uint8Array(readFileSync(/** @type {string} */ (path))));
}

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
  {
    name: 'text of real files',
    family,
    input: `${selection.length} files of 8 pages at most`,
    target: { mupdf: 0.5, pdfium: 0.5, 'pdf.js': 0.2, unpdf: 0.2 },
    unavailable: () =>
      missing(family) ??
      (realFiles() ? undefined : 'no conformance sets (BYTEMILL_SETS names their folder)'),
    async prepare() {
      const files = realFiles() ?? [];
      /** @type {Record<string, string>} By contender, the engine and its settings. */
      const names = {
        ours: 'ours',
        mupdf: 'mupdf',
        pdfium: 'pdfium',
        'pdf.js': 'pdf.js configured',
        unpdf: 'unpdf configured',
      };
      /** @type {Record<string, () => Promise<string[][]>>} */
      const contenders = {};
      for (const [contender, name] of Object.entries(names)) {
        const read = await engines[name].load();
        contenders[contender] = async () => {
          const texts = [];
          for (const bytes of files) texts.push((await read(bytes, PAGES)).pages);
          return texts;
        };
      }
      const expected = await contenders['pdf.js']();
      return {
        contenders,
        verify(/** @type {string[][]} */ texts) {
          const agreements = expected.map((pages, index) =>
            wordAgreement(texts[index].join('\n'), pages.join('\n')),
          );
          const mean = agreements.reduce((sum, one) => sum + one, 0) / agreements.length;
          if (mean < MIN_MEAN_AGREEMENT) {
            throw new Error(`words agree by ${mean.toFixed(3)} with pdf.js`);
          }
        },
      };
    },
  },
];
