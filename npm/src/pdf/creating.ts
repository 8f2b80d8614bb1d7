import platform from 'bytemill:platform';
import source from 'bytemill:wasm/pdf_create';
import { bytesOf } from '../core/decode.js';
import { kernel, member } from '../core/kernel.js';
import { CREATE, type CreateOptions, MEASURE } from '../generated/pdf.js';
import { type Created, createdOf, type NewInfo, PdfBuilder } from './create.js';

export type { CreateOptions };

// A module of its own, like that of images.
const creating = /* @__PURE__ */ kernel(platform, 'pdf_create', source, 'pdf.readyCreate');

/** Loads the module that makes new documents; needed in browsers before a synchronous call that does. */
export const readyCreate = /* @__PURE__ */ member(creating, 'ready');

const creations = /* @__PURE__ */ creating.operation<CreateOptions, Created>(CREATE, createdOf);
const measures = /* @__PURE__ */ creating.operation<CreateOptions, Uint8Array>(MEASURE, bytesOf);

/**
 * Begins a new document: pages of text in the 14 standard fonts and in embedded ones, lines and shapes, images, links,
 * bookmarks and attached files. The same calls give the same bytes in every runtime.
 *
 * @throws {@link BytemillError}, when the result is asked for: `ERR_INVALID_ARGUMENT`, also for a character that a font does
 * not have; `ERR_INVALID_DATA` for a font or an image that is damaged; `ERR_LIMIT_EXCEEDED` (`maxPages`, `maxItems`,
 * `maxPixels`, `maxOutputBytes`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile, writeFile } from 'node:fs/promises';
 *
 * const invoice = pdf.create({ title: 'Invoice 17' });
 * const page = invoice.page('A4');
 * page.text('Invoice 17', { x: 50, y: 780, font: 'Helvetica-Bold', size: 24 });
 * page.line([50, 770], [545, 770], { lineWidth: 0.5 });
 * page.text('120.00', { x: 545, y: 740, align: 'right' });
 * page.image(invoice.image(await readFile('photo.jpg')), { x: 50, y: 600, width: 120 });
 * await writeFile('invoice.pdf', await invoice.toBytes());
 * ```
 */
export const create = (info: NewInfo = {}): PdfBuilder => new PdfBuilder(creations, measures, info);
