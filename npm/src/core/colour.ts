import { describe } from './error.js';

/**
 * A colour: `0xRRGGBB`, `'#rgb'`, `'#rrggbb'` or `'#rrggbbaa'`, or its parts, red, green and blue from 0 to 255 and alpha
 * from 0 to 1, which is 1 where it is left out.
 */
export type Colour =
  | number
  | string
  | { readonly r: number; readonly g: number; readonly b: number; readonly alpha?: number };

/** The colour as it crosses the boundary, 0xRRGGBBAA, or what was given in its place. */
export function parseColour(value: unknown): number | { readonly got: string } {
  if (typeof value === 'number') {
    const whole = Number.isInteger(value) && value >= 0 && value <= 0xffffff;
    return whole ? value * 256 + 255 : { got: describe(value) };
  }
  if (typeof value === 'string') return fromText(value) ?? { got: JSON.stringify(value) };
  const { r, g, b, alpha = 1 } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const parts = [r, g, b, typeof alpha === 'number' ? Math.round(alpha * 255) : alpha];
  let colour = 0;
  for (const part of parts) {
    if (!Number.isInteger(part) || Number(part) < 0 || Number(part) > 255)
      return { got: describe(value) };
    colour = colour * 256 + Number(part);
  }
  return colour;
}

function fromText(text: string): number | undefined {
  const digits = /^#([0-9a-f]+)$/i.exec(text)?.[1] ?? '';
  switch (digits.length) {
    case 3:
    case 4:
      return fromText(`#${digits.replace(/./g, '$&$&')}`);
    case 6:
      return Number.parseInt(`${digits}ff`, 16);
    case 8:
      return Number.parseInt(digits, 16);
    default:
      return undefined;
  }
}
