import platform from 'bytemill:platform';
import source from 'bytemill:wasm/pdf_edit';
import type { AsyncBytesInput, BytesInput } from '../core/bytes.js';
import type {
  AsyncShape,
  BatchShape,
  BatchSyncShape,
  CallOptions,
  Shapes,
  SyncShape,
} from '../core/contract.js';
import { bytesOf, listOfBytes } from '../core/decode.js';
import { kernel, member, NESTING_STACK_BYTES } from '../core/kernel.js';
import {
  type MergeOptions as AllMergeOptions,
  type RewriteOptions as AllRewriteOptions,
  type SetInfoOptions as AllSetInfoOptions,
  EXTRACT_PAGES,
  type ExtractPagesOptions,
  MERGE,
  REWRITE,
  ROTATE,
  type RotateOptions,
  SET_INFO,
  SPLIT,
  type SplitOptions,
} from '../generated/pdf.js';
import {
  changesOf,
  type EncryptOptions,
  encryptionOf,
  type MergeOptions,
  merging,
  type RewriteOptions,
  type SetInfoOptions,
  translated,
} from './edit.js';

export type { ExtractPagesOptions, RotateOptions, SplitOptions };

// A module of its own: who only reads does not load it.
const editing = /* @__PURE__ */ kernel(
  platform,
  'pdf_edit',
  source,
  'pdf.readyEdit',
  NESTING_STACK_BYTES,
);

/** Loads the module that makes documents of others; needed in browsers before a synchronous call that does. */
export const readyEdit = /* @__PURE__ */ member(editing, 'ready');

const extracted = /* @__PURE__ */ editing.operation<ExtractPagesOptions, Uint8Array>(
  EXTRACT_PAGES,
  bytesOf,
);
const splits = /* @__PURE__ */ editing.operation<SplitOptions, Uint8Array[]>(SPLIT, listOfBytes);
const merges = /* @__PURE__ */ merging(
  /* @__PURE__ */ editing.operation<AllMergeOptions, Uint8Array>(MERGE, bytesOf),
);
const rotations = /* @__PURE__ */ editing.operation<RotateOptions, Uint8Array>(ROTATE, bytesOf);
const rewriting = /* @__PURE__ */ editing.operation<AllRewriteOptions, Uint8Array>(
  REWRITE,
  bytesOf,
);
const rewrites = rewriting as unknown as Shapes<RewriteOptions, Uint8Array>;
const encryptions = /* @__PURE__ */ translated<EncryptOptions, AllRewriteOptions, Uint8Array>(
  rewriting,
  encryptionOf,
);
const descriptions = /* @__PURE__ */ translated<SetInfoOptions, AllSetInfoOptions, Uint8Array>(
  /* @__PURE__ */ editing.operation<AllSetInfoOptions, Uint8Array>(SET_INFO, bytesOf),
  changesOf,
);

/**
 * A document of some pages of another, in the order asked for; a page may be there several times. Kept is what the pages lead
 * to, and of the document its metadata, language and layers, the labels and bookmarks of these pages, and the form fields
 * on them. Links to pages that are left out go, and so do tags, attachments and scripts.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` for a page that is not there; `ERR_INVALID_DATA`, `ERR_TRUNCATED`,
 * `ERR_PASSWORD`, `ERR_UNSUPPORTED` or `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxOutputBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile, writeFile } from 'node:fs/promises';
 *
 * const first = await pdf.extractPages(await readFile('report.pdf'), { pages: [1] });
 * await writeFile('first.pdf', first);
 * ```
 */
export const extractPages: AsyncShape<ExtractPagesOptions, Uint8Array> = /* @__PURE__ */ member(
  extracted,
  'async',
);
/** {@link extractPages}, now, on the calling thread. */
export const extractPagesSync: SyncShape<ExtractPagesOptions, Uint8Array> = /* @__PURE__ */ member(
  extracted,
  'sync',
);
/** {@link extractPages} of many documents, over all cores. */
export const extractPagesBatch: BatchShape<ExtractPagesOptions, Uint8Array> =
  /* @__PURE__ */ member(extracted, 'batch');
/** {@link extractPages} of many documents in one boundary crossing. */
export const extractPagesBatchSync: BatchSyncShape<ExtractPagesOptions, Uint8Array> =
  /* @__PURE__ */ member(extracted, 'batchSync');

/**
 * The parts of a document: `every` so many pages, one unless given, or from each page on that stands in `before`. What is kept
 * is as in {@link extractPages}.
 *
 * @throws {@link BytemillError} as {@link extractPages}.
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const pages = await pdf.split(await readFile('report.pdf'), { every: 1 });
 * console.log(pages.length);
 * ```
 */
export const split: AsyncShape<SplitOptions, Uint8Array[]> = /* @__PURE__ */ member(
  splits,
  'async',
);
/** {@link split}, now, on the calling thread. */
export const splitSync: SyncShape<SplitOptions, Uint8Array[]> = /* @__PURE__ */ member(
  splits,
  'sync',
);
/** {@link split} of many documents, over all cores. */
export const splitBatch: BatchShape<SplitOptions, Uint8Array[]> = /* @__PURE__ */ member(
  splits,
  'batch',
);
/** {@link split} of many documents in one boundary crossing. */
export const splitBatchSync: BatchSyncShape<SplitOptions, Uint8Array[]> = /* @__PURE__ */ member(
  splits,
  'batchSync',
);

/**
 * A document of all pages of several, in their order. Bookmarks, page labels, attachments, named destinations and form fields
 * are joined, and get a number behind them where names clash; metadata and language are those of the first document.
 *
 * @throws {@link BytemillError} as {@link extractPages}; the message says which document is at fault, counted from 1.
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const report = await readFile('report.pdf');
 * const twice = await pdf.merge([report, report]);
 * console.log((await pdf.info(twice)).pageCount);
 * ```
 */
export const merge: (
  inputs: readonly AsyncBytesInput[],
  options?: MergeOptions & CallOptions,
) => Promise<Uint8Array> = /* @__PURE__ */ member(merges, 'async');
/** {@link merge}, now, on the calling thread. */
export const mergeSync: (inputs: readonly BytesInput[], options?: MergeOptions) => Uint8Array =
  /* @__PURE__ */ member(merges, 'sync');

/**
 * A document with pages turned clockwise by a multiple of 90 degrees; all of them unless `pages` names some.
 *
 * @throws {@link BytemillError} as {@link extractPages}, and `ERR_INVALID_ARGUMENT` for another angle.
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const turned = await pdf.rotate(await readFile('report.pdf'), { degrees: 90, pages: [1] });
 * console.log((await pdf.pageSizes(turned))[0]?.rotation); // 90
 * ```
 */
export const rotate: AsyncShape<RotateOptions, Uint8Array> = /* @__PURE__ */ member(
  rotations,
  'async',
);
/** {@link rotate}, now, on the calling thread. */
export const rotateSync: SyncShape<RotateOptions, Uint8Array> = /* @__PURE__ */ member(
  rotations,
  'sync',
);
/** {@link rotate} of many documents, over all cores. */
export const rotateBatch: BatchShape<RotateOptions, Uint8Array> = /* @__PURE__ */ member(
  rotations,
  'batch',
);
/** {@link rotate} of many documents in one boundary crossing. */
export const rotateBatchSync: BatchSyncShape<RotateOptions, Uint8Array> = /* @__PURE__ */ member(
  rotations,
  'batchSync',
);

/**
 * The same document in a new file: without what nothing leads to, packed, repaired where it was broken, and without encryption.
 *
 * @throws {@link BytemillError} as {@link extractPages}.
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const packed = await pdf.rewrite(await readFile('report.pdf'));
 * console.log(packed.length);
 * ```
 */
export const rewrite: AsyncShape<RewriteOptions, Uint8Array> = /* @__PURE__ */ member(
  rewrites,
  'async',
);
/** {@link rewrite}, now, on the calling thread. */
export const rewriteSync: SyncShape<RewriteOptions, Uint8Array> = /* @__PURE__ */ member(
  rewrites,
  'sync',
);
/** {@link rewrite} of many documents, over all cores. */
export const rewriteBatch: BatchShape<RewriteOptions, Uint8Array> = /* @__PURE__ */ member(
  rewrites,
  'batch',
);
/** {@link rewrite} of many documents in one boundary crossing. */
export const rewriteBatchSync: BatchSyncShape<RewriteOptions, Uint8Array> = /* @__PURE__ */ member(
  rewrites,
  'batchSync',
);

/**
 * The document encrypted, with keys of the runtime's `crypto`: no two results are the same.
 *
 * @throws {@link BytemillError} as {@link extractPages}, and `ERR_INVALID_ARGUMENT` for a password outside Latin-1 with
 * `'aes-128'`.
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const secret = await pdf.encrypt(await readFile('report.pdf'), { userPassword: 'open sesame' });
 * console.log((await pdf.info(secret, { password: 'open sesame' })).encryption?.method); // aes-256
 * ```
 */
export const encrypt: (
  input: AsyncBytesInput,
  options: EncryptOptions & CallOptions,
) => Promise<Uint8Array> = /* @__PURE__ */ member(encryptions, 'async');
/** {@link encrypt}, now, on the calling thread. */
export const encryptSync: (input: BytesInput, options: EncryptOptions) => Uint8Array =
  /* @__PURE__ */ member(encryptions, 'sync');

/**
 * A document with another description, in its information dictionary and in its XMP metadata alike. What is not given stays,
 * `null` takes away.
 *
 * @throws {@link BytemillError} as {@link extractPages}.
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const named = await pdf.setInfo(await readFile('report.pdf'), { title: 'Report', author: null });
 * console.log((await pdf.info(named)).title); // Report
 * ```
 */
export const setInfo: (
  input: AsyncBytesInput,
  options: SetInfoOptions & CallOptions,
) => Promise<Uint8Array> = /* @__PURE__ */ member(descriptions, 'async');
/** {@link setInfo}, now, on the calling thread. */
export const setInfoSync: (input: BytesInput, options: SetInfoOptions) => Uint8Array =
  /* @__PURE__ */ member(descriptions, 'sync');
