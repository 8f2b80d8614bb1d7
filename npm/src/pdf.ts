import platform from 'bytemill:platform';
import source from 'bytemill:wasm/pdf';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from './core/contract.js';
import { textOf } from './core/decode.js';
import type { Item } from './core/item.js';
import { kernel, NESTING_STACK_BYTES } from './core/kernel.js';
import { decodeText } from './core/text.js';
import { EXTRACT_TEXT, type ExtractTextOptions, INFO, type InfoOptions } from './generated/pdf.js';

export { BytemillError } from './core/error.js';
export type { ExtractTextOptions, InfoOptions };

/** What a document says of itself. */
export interface Info {
  /** Version of the format, such as `'1.7'`. */
  readonly version: string;
  /** Number of pages. */
  readonly pageCount: number;
  /** Whether it is encrypted. */
  readonly encrypted: boolean;
  /** Whether it is laid out for reading while it loads. */
  readonly linearized: boolean;
  /** Size of the first page in points (1/72 inch), if it has one. */
  readonly firstPageSize: { readonly width: number; readonly height: number } | undefined;
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly subject: string | undefined;
  readonly keywords: string | undefined;
  /** The program that the document was written with. */
  readonly creator: string | undefined;
  /** The program that made the PDF. */
  readonly producer: string | undefined;
  /** As stored, such as `'D:20260131120000Z'`. */
  readonly creationDate: string | undefined;
  /** As stored. */
  readonly modificationDate: string | undefined;
}

const pdf = /* @__PURE__ */ kernel(platform, 'pdf', source, 'ready', NESTING_STACK_BYTES);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = pdf.ready;

const texts = /* @__PURE__ */ pdf.operation<ExtractTextOptions, string>(EXTRACT_TEXT, textOf);
const infos = /* @__PURE__ */ pdf.operation<InfoOptions, Info>(INFO, infoOf);

/**
 * The text of a document's pages, separated by form feeds (U+000C).
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxOutputBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const text = await pdf.extractText(await readFile('report.pdf'));
 * const pages = text.split('\f');
 * console.log(pages.length);
 * ```
 */
export const extractText: AsyncShape<ExtractTextOptions, string> = texts.async;
/** {@link extractText}, now, on the calling thread. */
export const extractTextSync: SyncShape<ExtractTextOptions, string> = texts.sync;
/** {@link extractText} of many documents, over all cores. */
export const extractTextBatch: BatchShape<ExtractTextOptions, string> = texts.batch;
/** {@link extractText} of many documents in one boundary crossing. */
export const extractTextBatchSync: BatchSyncShape<ExtractTextOptions, string> = texts.batchSync;

/**
 * Pages, size, encryption and the document information dictionary (ISO 32000-1, 14.3.3).
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const { title, pageCount } = await pdf.info(await readFile('report.pdf'));
 * console.log(`${title}: ${pageCount} pages`);
 * ```
 */
export const info: AsyncShape<InfoOptions, Info> = infos.async;
/** {@link info}, now, on the calling thread. */
export const infoSync: SyncShape<InfoOptions, Info> = infos.sync;
/** {@link info} of many documents, over all cores. */
export const infoBatch: BatchShape<InfoOptions, Info> = infos.batch;
/** {@link info} of many documents in one boundary crossing. */
export const infoBatchSync: BatchSyncShape<InfoOptions, Info> = infos.batchSync;

/** Numbers and texts in the order in which bindings/core/src/ops/pdf.rs writes them. */
function infoOf({ numbers, bytes }: Item): Info {
  const [
    major,
    minor,
    pageCount = 0,
    encrypted,
    linearized,
    width = Number.NaN,
    height = Number.NaN,
    ...lengths
  ] = Array.from(numbers);
  let at = 0;
  const texts = lengths.map((length) => {
    if (Number.isNaN(length)) return undefined;
    at += length;
    return decodeText(bytes.subarray(at - length, at));
  });
  const [title, author, subject, keywords, creator, producer, creationDate, modificationDate] =
    texts;
  return {
    version: `${major}.${minor}`,
    pageCount,
    encrypted: encrypted === 1,
    linearized: linearized === 1,
    firstPageSize: Number.isNaN(width) ? undefined : { width, height },
    title,
    author,
    subject,
    keywords,
    creator,
    producer,
    creationDate,
    modificationDate,
  };
}
