import { invalidArgument } from '../core/error.js';
import type { EmbeddedFont } from './create.js';
import type { PdfColour, Writer } from './writer.js';

/** Fonts that every viewer has. Their characters are those of Windows-1252, but for Symbol and ZapfDingbats. */
export type StandardFont = (typeof STANDARD_FONTS)[number];

export const STANDARD_FONTS = [
  'Helvetica',
  'Helvetica-Bold',
  'Helvetica-Oblique',
  'Helvetica-BoldOblique',
  'Times-Roman',
  'Times-Bold',
  'Times-Italic',
  'Times-BoldItalic',
  'Courier',
  'Courier-Bold',
  'Courier-Oblique',
  'Courier-BoldOblique',
  'Symbol',
  'ZapfDingbats',
] as const;

/** How text is laid out. */
export interface MeasureOptions {
  /** @defaultValue `'Helvetica'` */
  readonly font?: StandardFont | EmbeddedFont | undefined;
  /**
   * Size of the font in points.
   * @defaultValue `12`
   */
  readonly size?: number | undefined;
  /** Where lines are broken; unless given, at line feeds alone. */
  readonly width?: number | undefined;
  /** With a width: lines that do not fit wholly are left out, and the result says where. */
  readonly height?: number | undefined;
  /**
   * Where lines lie; `'justify'` takes a width.
   * @defaultValue `'left'`
   */
  readonly align?: 'left' | 'center' | 'right' | 'justify' | undefined;
  /** From baseline to baseline in points; unless given, what the font says. */
  readonly lineHeight?: number | undefined;
  /**
   * Points between any two characters, beside their widths.
   * @defaultValue `0`
   */
  readonly characterSpacing?: number | undefined;
  /**
   * Whether pairs of glyphs are brought together as embedded fonts say.
   * @defaultValue `true`
   */
  readonly kerning?: boolean | undefined;
  /** What is written instead of characters that the font does not have, which are refused else. */
  readonly replacement?: string | undefined;
}

/** Text on a page. */
export interface TextPlacement extends MeasureOptions {
  /** Without a width the point that lines start, are centred or end at; with one the left edge. */
  readonly x: number;
  /** Without a width the baseline of the first line; with one the upper edge, below which lines are stacked. */
  readonly y: number;
  /**
   * Degrees counter-clockwise by which it is turned about `x`, `y`.
   * @defaultValue `0`
   */
  readonly rotation?: number | undefined;
  /** @defaultValue black */
  readonly colour?: PdfColour | undefined;
  /**
   * 0 to 1.
   * @defaultValue `1`
   */
  readonly opacity?: number | undefined;
  /** @defaultValue `false` */
  readonly underline?: boolean | undefined;
  /** @defaultValue `false` */
  readonly strike?: boolean | undefined;
}

const ALIGNMENTS = ['left', 'center', 'right', 'justify'];

/** Writes the record of a text. */
export function writeText(
  text: string,
  options: TextPlacement,
  font: number,
  writer: Writer,
): void {
  const { size = 12, align = 'left', characterSpacing = 0, rotation = 0, opacity = 1 } = options;
  const { kerning = true, underline = false, strike = false, replacement } = options;
  writer.u8(17).text('text', text).u32(font).number('size', size);
  writer.number('x', options.x).number('y', options.y);
  writer.optional('width', options.width).optional('height', options.height);
  writer.choice('align', align, ALIGNMENTS).optional('lineHeight', options.lineHeight);
  writer.number('characterSpacing', characterSpacing).number('rotation', rotation);
  writer.colour('colour', options.colour ?? { gray: 0 }).number('opacity', opacity);
  writer.u8((kerning ? 1 : 0) + (underline ? 2 : 0) + (strike ? 4 : 0));
  if (replacement === undefined) {
    writer.u8(0);
    return;
  }
  const [character, ...more] = replacement;
  if (character === undefined || more.length > 0)
    throw invalidArgument(
      'pdf',
      `replacement: expected one character, got ${JSON.stringify(replacement)}`,
    );
  writer.u8(1).u32(character.codePointAt(0) ?? 0);
}
