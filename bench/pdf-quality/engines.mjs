// The engines, each brought to one function: bytes in, texts of the first pages out. Text is what the engine's users get
// where positions are known.

import { fileURLToPath } from 'node:url';
import { peer, peerFolder, peerVersions } from '../peers/import.mjs';

/**
 * @typedef {object} Read
 * @property {string[]} pages Texts of the first pages.
 * @property {number} done How many pages were worked on, of which `pages` may be the first.
 */

/** @typedef {(bytes: Uint8Array, maxPages: number) => Read | Promise<Read>} Reader */

/**
 * @typedef {object} Engine
 * @property {string} [package] Of the peers, whose version counts.
 * @property {() => Promise<Reader>} load
 */

/** @param {string} name */
const folder = (name) => fileURLToPath(peerFolder(`pdfjs-dist/${name}/`));
/** What pdf.js needs for CJK and for fonts that are not embedded, and what its users often leave out. */
const configured = () => ({
  cMapUrl: folder('cmaps'),
  cMapPacked: true,
  standardFontDataUrl: folder('standard_fonts'),
});
/** unpdf takes both from a pdfjs-dist that happens to be installed, as it is here for others. */
const alone = { cMapUrl: undefined, standardFontDataUrl: undefined };

/**
 * The pages of an open document, from first to last; one that fails is empty.
 * @param {number} count
 * @param {number} maxPages
 * @param {(index: number) => string | Promise<string>} page
 * @returns {Promise<Read>}
 */
async function inTurn(count, maxPages, page) {
  const pages = [];
  for (let index = 0; index < Math.min(count, maxPages); index++) {
    try {
      pages.push(await page(index));
    } catch (error) {
      if (isCrash(error)) throw error;
      pages.push('');
    }
  }
  return { pages, done: pages.length };
}

/** Whether an engine broke, rather than said no. @param {unknown} error */
export const isCrash = (error) =>
  error instanceof WebAssembly.RuntimeError ||
  (error instanceof RangeError && /call stack/.test(error.message)) ||
  (error instanceof Error && 'code' in error && error.code === 'ERR_INTERNAL');

/** @param {any} document pdf.js's. @param {number} maxPages */
const pdfJsPages = (document, maxPages) =>
  inTurn(document.numPages, maxPages, async (index) => {
    const { items } = await (await document.getPage(index + 1)).getTextContent();
    return items
      .filter((/** @type {any} */ { str }) => str !== undefined)
      .map((/** @type {any} */ { str, hasEOL }) => (hasEOL ? `${str}\n` : str))
      .join('');
  });

/** @param {object} options @returns {Promise<Reader>} */
async function pdfJs(options) {
  const { getDocument } = await peer('pdfjs-dist/legacy/build/pdf.mjs');
  return async (bytes, maxPages) => {
    // It takes its input's buffer away.
    const task = getDocument({ data: bytes.slice(), verbosity: 0, ...options });
    try {
      return await pdfJsPages(await task.promise, maxPages);
    } finally {
      await task.destroy();
    }
  };
}

/** @param {object} options @returns {Promise<Reader>} */
async function unpdf(options) {
  const { getDocumentProxy } = await peer('unpdf');
  return async (bytes, maxPages) => {
    const document = await getDocumentProxy(bytes.slice(), { verbosity: 0, ...options });
    try {
      return await pdfJsPages(document, maxPages);
    } finally {
      await document.loadingTask.destroy();
    }
  };
}

/** @param {object} options @returns {Promise<Reader>} */
async function pdfParse(options) {
  const { PDFParse } = await peer('pdf-parse');
  return async (bytes, maxPages) => {
    const parser = new PDFParse({ data: bytes.slice(), verbosity: 0, ...options });
    try {
      const { pages } = await parser.getText({ first: maxPages });
      const texts = pages.map((/** @type {{ text: string }} */ { text }) => text);
      return { pages: texts, done: texts.length };
    } finally {
      await parser.destroy();
    }
  };
}

/** @type {Record<string, Engine>} */
export const engines = {
  ours: {
    async load() {
      const { bytemill } = await import('../bytemill.mjs');
      return (bytes, maxPages) => {
        // With the places of all words, as the peers have them.
        const pages = bytemill.pdf.layoutSync(bytes, { lastPage: maxPages });
        return { pages: pages.map(({ text }) => text), done: pages.length };
      };
    },
  },
  mupdf: {
    package: 'mupdf',
    async load() {
      const { Document, setLog } = await peer('mupdf');
      setLog({});
      return async (bytes, maxPages) => {
        const document = Document.openDocument(bytes, 'application/pdf');
        try {
          if (document.needsPassword()) throw new Error('needs a password');
          return await inTurn(document.countPages(), maxPages, (index) => {
            const page = document.loadPage(index);
            const text = page.toStructuredText();
            const answer = text.asText();
            text.destroy();
            page.destroy();
            return answer;
          });
        } finally {
          document.destroy();
        }
      };
    },
  },
  pdfium: {
    package: '@hyzyla/pdfium',
    async load() {
      const { PDFiumLibrary } = await peer('@hyzyla/pdfium');
      const library = await PDFiumLibrary.init();
      return async (bytes, maxPages) => {
        const document = await library.loadDocument(bytes);
        try {
          return await inTurn(document.getPageCount(), maxPages, (index) =>
            document.getPage(index).getText(),
          );
        } finally {
          document.destroy();
        }
      };
    },
  },
  'pdf.js': { package: 'pdfjs-dist', load: () => pdfJs({}) },
  'pdf.js configured': { package: 'pdfjs-dist', load: () => pdfJs(configured()) },
  unpdf: { package: 'unpdf', load: () => unpdf(alone) },
  'unpdf configured': { package: 'unpdf', load: () => unpdf(configured()) },
  'pdf-parse': { package: 'pdf-parse', load: () => pdfParse({}) },
  'pdf-parse configured': { package: 'pdf-parse', load: () => pdfParse(configured()) },
};

/** @param {string} name */
export function version(name) {
  const { package: from } = engines[name];
  return from === undefined ? undefined : peerVersions()[from];
}
