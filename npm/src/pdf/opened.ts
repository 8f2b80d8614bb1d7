import { releasedByUsing } from '../core/dispose.js';
import type { Item } from '../core/item.js';
import type { Kernel } from '../core/kernel.js';
import { encodeRow, type OperationSpec } from '../core/row.js';
import type { Session } from '../core/session.js';
import {
  ATTACHMENTS,
  DESTINATIONS,
  EXTRACT_TEXT,
  FONTS,
  FORM_FIELDS,
  INFO,
  LAYOUT,
  LINKS,
  OPEN,
  OUTLINE,
  PAGE_LABELS,
  PAGE_SIZES,
  SEARCH,
  TO_MARKDOWN,
} from '../generated/pdf.js';
import type { FindOptions, OpenOptions, PageRange, TextOptions } from './document.js';
import {
  type FontInfo,
  fontsOf,
  type Info,
  infoOf,
  labelsOf,
  type PageSize,
  sizesOf,
} from './info.js';
import { type Attachment, attachmentsOf, type FormField, fieldsOf } from './parts.js';
import {
  type Destination,
  destinationsOf,
  type Link,
  linksOf,
  type OutlineItem,
  outlineOf,
} from './places.js';
import type { Answer } from './route.js';
import { hitsOf, layoutOf, plainTextOf, type SearchHit, type TextPage } from './text.js';

/** Opens documents with the small module, and asks the whole one where that one's tables are needed. */
export class OpenDocument {
  readonly pageCount: number;
  readonly #input: Uint8Array;
  readonly #options: OpenOptions | undefined;
  readonly #whole: Kernel;
  #session: Session;
  #isWhole = false;

  constructor(small: Kernel, whole: Kernel, input: Uint8Array, options: OpenOptions | undefined) {
    this.#input = input;
    this.#options = options;
    this.#whole = whole;
    const [session, pageCount] = begin(small, input, options);
    this.#session = session;
    this.pageCount = pageCount;
    // Not once for the class: bundlers keep a class that does something by itself.
    releasedByUsing(this);
  }

  info(): Info {
    return infoOf(this.#ask(INFO));
  }

  extractText(options?: TextOptions): string {
    return this.#read(EXTRACT_TEXT, plainTextOf, options);
  }

  toMarkdown(options?: TextOptions): string {
    return this.#read(TO_MARKDOWN, plainTextOf, options);
  }

  layout(options?: TextOptions): TextPage[] {
    return this.#read(LAYOUT, layoutOf, options);
  }

  async *pages(options: TextOptions = {}): AsyncGenerator<TextPage, void> {
    const { firstPage = 1, lastPage = 0, ...others } = options;
    const last = lastPage === 0 ? this.pageCount : Math.min(lastPage, this.pageCount);
    for (let page = firstPage; page <= last; page++) {
      yield* this.layout({ ...others, firstPage: page, lastPage: page });
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  search(query: string, options?: FindOptions): SearchHit[] {
    return this.#read(SEARCH, hitsOf, { ...options, query });
  }

  outline(): OutlineItem[] {
    return outlineOf(this.#ask(OUTLINE));
  }

  links(range?: PageRange): Link[] {
    return linksOf(this.#ask(LINKS, range));
  }

  destinations(): Map<string, Destination> {
    return destinationsOf(this.#ask(DESTINATIONS));
  }

  attachments(): Attachment[] {
    return attachmentsOf(this.#ask(ATTACHMENTS));
  }

  formFields(): FormField[] {
    return fieldsOf(this.#ask(FORM_FIELDS));
  }

  pageLabels(): string[] | undefined {
    return labelsOf(this.#ask(PAGE_LABELS));
  }

  pageSizes(range?: PageRange): PageSize[] {
    return sizesOf(this.#ask(PAGE_SIZES, range));
  }

  fonts(range?: PageRange): FontInfo[] {
    return fontsOf(this.#ask(FONTS, range));
  }

  release(): void {
    this.#session.release();
  }

  /** Asks for text; once the tables of the whole module were needed they are there for all that follows. */
  #read<Result>(
    spec: OperationSpec,
    decode: (item: Item) => Answer<Result>,
    options?: object,
  ): Result {
    const { result, incomplete } = decode(this.#ask(spec, options));
    if (!incomplete || this.#isWhole) return result;
    const [session] = begin(this.#whole, this.#input, this.#options);
    this.#session.release();
    this.#session = session;
    this.#isWhole = true;
    return decode(this.#ask(spec, options)).result;
  }

  #ask(spec: OperationSpec, options?: object): Item {
    return this.#session.ask(question(spec, options));
  }
}

/** Gives a document to a session of its own; how many pages it has. */
function begin(
  kernel: Kernel,
  input: Uint8Array,
  options: OpenOptions | undefined,
): readonly [Session, number] {
  const session = kernel.session(OPEN, { ...options, inputBytes: input.length });
  try {
    for (const _ of session.push(input));
    return [session, session.open().numbers[0] ?? 0];
  } catch (error) {
    session.release();
    throw error;
  }
}

/** As bindings/core/src/ops/pdf/ask.rs takes it: operation, count of cells, cells, blob. */
function question(spec: OperationSpec, options: object | undefined): Uint8Array {
  const { cells, blob } = encodeRow(spec, options);
  const bytes = new Uint8Array(8 + cells.length * 8 + blob.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, spec.id, true);
  view.setUint32(4, cells.length, true);
  cells.forEach((cell, index) => {
    view.setFloat64(8 + index * 8, cell, true);
  });
  bytes.set(blob, 8 + cells.length * 8);
  return bytes;
}
