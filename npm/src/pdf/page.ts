import { describe, invalidArgument } from '../core/error.js';
import type { EmbeddedFont, EmbeddedImage } from './create.js';
import { type StandardFont, type TextPlacement, writeText } from './page-text.js';
import { writePath } from './path.js';
import { type PdfColour, Writer } from './writer.js';

/** Width and height of pages by name, in points. */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  A3: [841.89, 1190.551],
  A4: [595.276, 841.89],
  A5: [419.528, 595.276],
  A6: [297.638, 419.528],
  letter: [612, 792],
  legal: [612, 1008],
  tabloid: [792, 1224],
};

/** The size of a page: by name, upright, or in points. */
export type PageSize =
  | 'A3'
  | 'A4'
  | 'A5'
  | 'A6'
  | 'letter'
  | 'legal'
  | 'tabloid'
  | {
      readonly width: number;
      readonly height: number;
      /** By how many degrees viewers turn the page clockwise. */
      readonly rotation?: 0 | 90 | 180 | 270 | undefined;
    };

/** How a line is drawn. */
export interface StrokeOptions {
  /** @defaultValue black */
  readonly colour?: PdfColour | undefined;
  /**
   * In points; 0 is the thinnest that a device has.
   * @defaultValue `1`
   */
  readonly lineWidth?: number | undefined;
  /** @defaultValue `'butt'` */
  readonly cap?: 'butt' | 'round' | 'square' | undefined;
  /** @defaultValue `'miter'` */
  readonly join?: 'miter' | 'round' | 'bevel' | undefined;
  /** Lengths of dashes and gaps in turn; a solid line unless given. */
  readonly dash?: readonly number[] | undefined;
  /**
   * How far into the dashes the line starts.
   * @defaultValue `0`
   */
  readonly dashOffset?: number | undefined;
}

/** How a shape is drawn: filled, outlined or both. */
export interface ShapeOptions {
  /** The colour inside. */
  readonly fill?: PdfColour | undefined;
  /** The line around it. */
  readonly stroke?: StrokeOptions | undefined;
  /**
   * 0 to 1.
   * @defaultValue `1`
   */
  readonly opacity?: number | undefined;
}

/** A rectangle's place; `y` is its lower edge. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a line is drawn, and through. */
export interface LineOptions extends StrokeOptions {
  /**
   * 0 to 1.
   * @defaultValue `1`
   */
  readonly opacity?: number | undefined;
}

/** A rectangle, with rounded corners where there is a `radius`. */
export interface RectangleOptions extends Box, ShapeOptions {
  readonly radius?: number | undefined;
}

/** An ellipse by its centre and radii, or a circle by its `radius`. */
export interface EllipseOptions extends ShapeOptions {
  readonly x: number;
  readonly y: number;
  readonly radius?: number | undefined;
  readonly radiusX?: number | undefined;
  readonly radiusY?: number | undefined;
}

/** How a path is drawn. */
export interface PathOptions extends ShapeOptions {
  /**
   * Whether what it surrounds twice is outside.
   * @defaultValue `false`
   */
  readonly evenOdd?: boolean | undefined;
}

/** Where an image is; of width and height one follows from the other, and without either a pixel is a point. */
export interface ImagePlacement {
  readonly x: number;
  readonly y: number;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Degrees counter-clockwise by which it is turned about `x`, `y`. */
  readonly rotation?: number | undefined;
  readonly opacity?: number | undefined;
}

/** Where a link leads: to a URI, or to a page, counted from 1. */
export type LinkTarget = string | { readonly page: number; readonly top?: number | undefined };

/** What happens to everything in a group. */
export interface GroupOptions {
  /** a, b, c, d, e, f: x becomes a x + c y + e, y becomes b x + d y + f. */
  readonly matrix?: readonly [number, number, number, number, number, number] | undefined;
  /** An SVG path outside of which nothing is drawn. */
  readonly clip?: string | undefined;
}

/** A page in the making, at any time before the document is written. Every call puts something over what is there. */
export interface NewPage {
  /** Its number, counted from 1. */
  readonly number: number;
  /** Text, on one line or many. */
  text(text: string, options: TextPlacement): NewPage;
  /** A line from one point to another. */
  line(
    from: readonly [number, number],
    to: readonly [number, number],
    options?: LineOptions,
  ): NewPage;
  /** A rectangle, with rounded corners where there is a `radius`. */
  rectangle(box: RectangleOptions): NewPage;
  /** An ellipse by its centre and radii, or a circle by its `radius`. */
  ellipse(options: EllipseOptions): NewPage;
  /** An SVG path of M, L, H, V, C, Q and Z; y grows upwards. */
  path(path: string, options: PathOptions): NewPage;
  /** An image; of width and height one follows from the other, and without either a pixel is a point. */
  image(image: EmbeddedImage, options: ImagePlacement): NewPage;
  /** A place to click on, which leads to a URI, or to a page, counted from 1. */
  link(box: Box, target: LinkTarget): NewPage;
  /** What `draw` puts on the page is transformed and clipped together. */
  group(options: GroupOptions, draw: (page: NewPage) => void): NewPage;
}

const CAPS = ['butt', 'round', 'square'];
const JOINS = ['miter', 'round', 'bevel'];

/** Writes the records of what is on a page. */
export class PageWriter implements NewPage {
  readonly number: number;
  readonly writer = new Writer();
  readonly #fontNumber: (font: StandardFont | EmbeddedFont) => number;

  constructor(
    number: number,
    size: PageSize,
    fontNumber: (font: StandardFont | EmbeddedFont) => number,
  ) {
    this.number = number;
    this.#fontNumber = fontNumber;
    const [width, height, rotation = 0] =
      typeof size === 'string' ? (SIZES[size] ?? []) : [size.width, size.height, size.rotation];
    if (width === undefined) {
      const names = Object.keys(SIZES).join(', ');
      const got = describe(size);
      throw invalidArgument(
        'pdf',
        `size: expected one of ${names}, or width and height, got ${got}`,
      );
    }
    this.writer.u8(16).number('width', width).number('height', height).u16(rotation);
  }

  text(text: string, options: TextPlacement): this {
    const font = this.#fontNumber(options.font ?? 'Helvetica');
    writeText(text, options, font, this.writer);
    return this;
  }

  line(
    from: readonly [number, number],
    to: readonly [number, number],
    options: LineOptions = {},
  ): this {
    const writer = this.writer.u8(18);
    for (const [name, point] of Object.entries({ from, to }))
      writer.number(name, point[0]).number(name, point[1]);
    writeStroke(options, writer);
    writer.number('opacity', options.opacity ?? 1);
    return this;
  }

  rectangle(options: RectangleOptions): this {
    const writer = this.writer.u8(19);
    writeBox(options, writer);
    writePaint(options, writer.number('radius', options.radius ?? 0));
    return this;
  }

  ellipse(options: EllipseOptions): this {
    const { x, y, radius, radiusX = radius, radiusY = radius } = options;
    const writer = this.writer.u8(20).number('x', x).number('y', y);
    writePaint(options, writer.number('radiusX', radiusX).number('radiusY', radiusY));
    return this;
  }

  path(path: string, options: PathOptions): this {
    const writer = this.writer.u8(21);
    writePath('path', path, writer);
    writePaint(options, writer.flag(options.evenOdd === true));
    return this;
  }

  image({ image }: EmbeddedImage, options: ImagePlacement): this {
    const { x, y, width, height, rotation = 0, opacity = 1 } = options;
    const writer = this.writer.u8(22).u32(image).number('x', x).number('y', y);
    writer.optional('width', width).optional('height', height);
    writer.number('rotation', rotation).number('opacity', opacity);
    return this;
  }

  link(box: Box, target: LinkTarget): this {
    const writer = this.writer.u8(23);
    writeBox(box, writer);
    if (typeof target === 'string') writer.u8(0).text('target', target);
    else
      writer
        .u8(1)
        .u32(target.page - 1)
        .optional('top', target.top);
    return this;
  }

  group(options: GroupOptions, draw: (page: NewPage) => void): this {
    const { matrix = [1, 0, 0, 1, 0, 0], clip } = options;
    const writer = this.writer.u8(24);
    for (const number of matrix) writer.number('matrix', number);
    if (clip === undefined) writer.u32(0);
    else writePath('clip', clip, writer);
    writer.flag(false);
    draw(this);
    this.writer.u8(25);
    return this;
  }
}

function writeBox({ x, y, width, height }: Box, writer: Writer): void {
  writer.number('x', x).number('y', y).number('width', width).number('height', height);
}

function writePaint({ fill, stroke, opacity = 1 }: ShapeOptions, writer: Writer): void {
  if (fill === undefined) writer.u8(0);
  else writer.u8(1).colour('fill', fill);
  if (stroke === undefined) writer.u8(0);
  else writeStroke(stroke, writer.u8(1));
  writer.number('opacity', opacity);
}

function writeStroke(options: StrokeOptions, writer: Writer): void {
  const { colour = { gray: 0 }, lineWidth = 1, cap = 'butt', join = 'miter' } = options;
  const { dash = [], dashOffset = 0 } = options;
  writer.colour('colour', colour).number('lineWidth', lineWidth);
  writer.choice('cap', cap, CAPS).choice('join', join, JOINS).u32(dash.length);
  for (const length of dash) writer.number('dash', length);
  writer.number('dashOffset', dashOffset);
}
