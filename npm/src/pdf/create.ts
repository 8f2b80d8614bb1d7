import { type BytesInput, concat, toBytes } from '../core/bytes.js';
import type { CallOptions, Shapes } from '../core/contract.js';
import type { Item } from '../core/item.js';
import type { CreateOptions } from '../generated/pdf.js';
import { secondsOf } from './edit.js';
import { type NewPage, type PageSize, PageWriter } from './page.js';
import { type MeasureOptions, STANDARD_FONTS, type StandardFont, writeText } from './page-text.js';
import { Writer } from './writer.js';

/** What a new document says of itself. */
export interface NewInfo {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly subject?: string | undefined;
  readonly keywords?: string | undefined;
  /** The program in which it was written. */
  readonly creator?: string | undefined;
  /** The program that made the PDF. */
  readonly producer?: string | undefined;
  /** Language of its text, as in BCP 47: `'de-CH'`. */
  readonly language?: string | undefined;
  /** When it was made; nothing is written unless it is given, so that equal documents are equal bytes. */
  readonly created?: Date | undefined;
  readonly modified?: Date | undefined;
  /** RDF/XML that is put into the XMP metadata, as Factur-X and other uses of PDF ask for. */
  readonly xmp?: string | undefined;
  /** An ICC profile of the device that the colours are meant for, as PDF/A asks for. */
  readonly outputProfile?: BytesInput | undefined;
  /**
   * Whether viewers show the title in their window instead of the file's name.
   * @defaultValue `false`
   */
  readonly displayTitle?: boolean | undefined;
}

/** A font of a file, of a new document. */
export interface EmbeddedFont {
  /** Its number among the document's fonts. */
  readonly font: number;
}

/** An image of a new document. */
export interface EmbeddedImage {
  /** Its number among the document's images. */
  readonly image: number;
}

/** Options of an attached file. */
export interface AttachOptions {
  /** Such as `'text/xml'`. */
  readonly mediaType?: string | undefined;
  readonly description?: string | undefined;
  /**
   * What it is to the document: `'alternative'` for the invoice of Factur-X and ZUGFeRD.
   * @defaultValue `'unspecified'`
   */
  readonly relationship?:
    | 'unspecified'
    | 'source'
    | 'data'
    | 'alternative'
    | 'supplement'
    | undefined;
  readonly modified?: Date | undefined;
}

/** How pages are numbered from one on. */
export interface LabelOptions {
  /** @defaultValue `'decimal'` */
  readonly style?: 'none' | 'decimal' | 'roman' | 'ROMAN' | 'letters' | 'LETTERS' | undefined;
  /** What stands before the number. */
  readonly prefix?: string | undefined;
  /**
   * The number of the first of these pages.
   * @defaultValue `1`
   */
  readonly start?: number | undefined;
}

/** An entry of the outline. */
export interface OutlineOptions {
  /**
   * How deep it is: 0 at first, and at most one more than the entry before.
   * @defaultValue `0`
   */
  readonly level?: number | undefined;
  /**
   * Whether the entries below it are shown.
   * @defaultValue `true`
   */
  readonly open?: boolean | undefined;
  /** The height on the page that it leads to; the page's top unless given. */
  readonly top?: number | undefined;
}

/** A text that did not fit its height. */
export interface Rest {
  /** The page, counted from 1. */
  readonly page: number;
  /** Where what is left begins in the text. */
  readonly start: number;
  /** The number of the text among all that was put on the page, counted from 0. */
  readonly item: number;
}

/** A new document, and what did not fit. */
export interface Created {
  readonly bytes: Uint8Array;
  readonly rests: readonly Rest[];
}

/** How large a text is. */
export interface Measured {
  /** Of its widest line, in points. */
  readonly width: number;
  /** Height of all lines. */
  readonly height: number;
  readonly lineHeight: number;
  /** From the upper edge of the first line to its baseline. */
  readonly firstBaseline: number;
  /** How much of the text fits the height, in JavaScript's units: its length where all does. */
  readonly fitting: number;
  /** Its lines. */
  readonly lines: readonly { readonly text: string; readonly width: number }[];
}

/** A font that is embedded. */
interface FontFile {
  readonly bytes: Uint8Array;
  /** Its number in a collection. */
  readonly index: number;
}

/** What the kernel makes of a description. */
export type Create = Shapes<CreateOptions, Created>;
/** What it makes of texts alone. */
export type Measure = Shapes<CreateOptions, Uint8Array>;

const INFO = [
  'title',
  'author',
  'subject',
  'keywords',
  'creator',
  'producer',
  'language',
  'xmp',
] as const;
const STYLES = ['none', 'decimal', 'roman', 'ROMAN', 'letters', 'LETTERS'];
const RELATIONSHIPS = ['unspecified', 'source', 'data', 'alternative', 'supplement'];
const MAGIC = [0x42, 0x4d, 0x43, 0x01];

/** For `pdf.create`. */
export function createdOf({ bytes, numbers }: Item): Created {
  const rests: Rest[] = [];
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    const [page = 0, item = 0, start = 0] = [numbers[at], numbers[at + 1], numbers[at + 2]];
    rests.push({ page: page + 1, item, start });
  }
  return { bytes, rests };
}

/**
 * A document in the making. Lengths are points (1/72 inch), and the origin of a page is its lower left corner. Nothing crosses to
 * the kernel before the result is asked for.
 */
export class PdfBuilder {
  readonly #create: Create;
  readonly #measure: Measure;
  readonly #writer = new Writer();
  readonly #fonts: (StandardFont | FontFile)[] = [];
  #images = 0;
  readonly #pages: PageWriter[] = [];

  /** Use `pdf.create`. */
  constructor(create: Create, measure: Measure, info: NewInfo) {
    this.#create = create;
    this.#measure = measure;
    for (const byte of MAGIC) this.#writer.u8(byte);
    INFO.forEach((name, place) => {
      const text = info[name];
      if (text !== undefined) this.#writer.u8(1).u8(place).text(name, text);
    });
    (['created', 'modified'] as const).forEach((name, place) => {
      const date = info[name];
      if (date !== undefined) writeDate(name, date, this.#writer.u8(2).u8(place));
    });
    if (info.displayTitle) this.#writer.u8(3);
    if (info.outputProfile !== undefined)
      this.#writer.u8(10).bytes(toBytes('pdf', info.outputProfile));
  }

  /** A TrueType or OpenType font, of which what is used is embedded; `index` is its number in a collection. */
  font(data: BytesInput, { index = 0 }: { readonly index?: number } = {}): EmbeddedFont {
    const file = { bytes: toBytes('pdf', data).slice(), index };
    writeFont(file, this.#writer);
    return { font: this.#fonts.push(file) - 1 };
  }

  /** An image: JPEG, which is taken as it is, PNG, GIF, BMP, TIFF, ICO or QOI. It may be placed many times. */
  image(data: BytesInput): EmbeddedImage {
    this.#writer.u8(6).bytes(toBytes('pdf', data));
    return { image: this.#images++ };
  }

  /** A new page behind the others: A4 unless another size is given. */
  page(size: PageSize = 'A4'): NewPage {
    const page = new PageWriter(this.#pages.length + 1, size, (font) => this.#number(font));
    this.#pages.push(page);
    return page;
  }

  /** An entry of the outline, which viewers show as bookmarks; `page` is counted from 1. */
  outline(title: string, page: number, options: OutlineOptions = {}): this {
    const { level = 0, open = true, top } = options;
    this.#writer
      .u8(7)
      .u8(level)
      .flag(open)
      .text('title', title)
      .u32(page - 1)
      .optional('top', top);
    return this;
  }

  /** How pages are numbered from this one on, counted from 1. */
  label(firstPage: number, options: LabelOptions = {}): this {
    const { style = 'decimal', prefix = '', start = 1 } = options;
    this.#writer
      .u8(8)
      .u32(firstPage - 1)
      .choice('style', style, STYLES);
    this.#writer.text('prefix', prefix).u32(start);
    return this;
  }

  /** Attaches a file. */
  attach(name: string, data: BytesInput, options: AttachOptions = {}): this {
    const { mediaType = '', description = '', relationship = 'unspecified', modified } = options;
    this.#writer.u8(9).text('name', name).text('mediaType', mediaType);
    this.#writer.text('description', description);
    this.#writer.choice('relationship', relationship, RELATIONSHIPS);
    if (modified === undefined) this.#writer.u8(0);
    else writeDate('modified', modified, this.#writer.u8(1));
    this.#writer.bytes(toBytes('pdf', data));
    return this;
  }

  /**
   * How large a text will be, and its lines: for tables, and for text that flows over pages. Of a list of texts each. Now, on
   * the calling thread, which reads an embedded font anew with each call: better once for a list than once for each text.
   */
  measure(text: string, options?: MeasureOptions): Measured;
  measure(texts: readonly string[], options?: MeasureOptions): Measured[];
  measure(text: string | readonly string[], options: MeasureOptions = {}): Measured | Measured[] {
    const { font = 'Helvetica' } = options;
    const writer = new Writer();
    for (const byte of MAGIC) writer.u8(byte);
    const file = typeof font === 'string' ? font : this.#fonts[font.font];
    writeFont(file ?? 'Helvetica', writer);
    writer.u8(16).number('width', 100).number('height', 100).u16(0);
    const texts = typeof text === 'string' ? [text] : text;
    for (const one of texts) writeText(one, { ...options, x: 0, y: 0 }, 0, writer);
    const all = measuredOf(texts, this.#measure.sync(writer.written));
    return typeof text === 'string' ? (all[0] as Measured) : all;
  }

  /** The document. */
  async toBytes(options?: CreateOptions & CallOptions): Promise<Uint8Array> {
    return (await this.toResult(options)).bytes;
  }

  /** The document, now, on the calling thread. */
  toBytesSync(options?: CreateOptions): Uint8Array {
    return this.toResultSync(options).bytes;
  }

  /** The document, and which texts did not fit their height. */
  toResult(options?: CreateOptions & CallOptions): Promise<Created> {
    return this.#create.async(this.#description(), { ...options, transfer: true });
  }

  /** {@link toResult}, now, on the calling thread. */
  toResultSync(options?: CreateOptions): Created {
    return this.#create.sync(this.#description(), options);
  }

  #description(): Uint8Array {
    return concat([this.#writer, ...this.#pages.map(({ writer }) => writer)].map(writtenBy));
  }

  /** The number of a font; standard ones join the document when they are first used. */
  #number(font: StandardFont | EmbeddedFont): number {
    if (typeof font !== 'string') return font.font;
    const known = this.#fonts.indexOf(font);
    if (known >= 0) return known;
    writeFont(font, this.#writer);
    return this.#fonts.push(font) - 1;
  }
}

function writeDate(name: string, date: Date, writer: Writer): void {
  writer.f64(secondsOf(name, date)).i16(0);
}

const writtenBy = ({ written }: Writer): Uint8Array => written;

function writeFont(font: StandardFont | FontFile, writer: Writer): void {
  if (typeof font === 'string') writer.u8(4).choice('font', font, STANDARD_FONTS);
  else writer.u8(5).u32(font.index).bytes(font.bytes);
}

/** As crates/pdf-create, module `binary::measured`, has it. */
function measuredOf(texts: readonly string[], bytes: Uint8Array): Measured[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const length = () => view.getFloat64((at += 8) - 8, true);
  const count = () => view.getUint32((at += 4) - 4, true);
  return texts.map((text): Measured => {
    const [width, height, lineHeight, firstBaseline] = [length(), length(), length(), length()];
    const fitting = count();
    const lines = Array.from({ length: count() }, () => ({
      text: text.slice(count(), count()),
      width: length(),
    }));
    return { width, height, lineHeight, firstBaseline, fitting, lines };
  });
}
