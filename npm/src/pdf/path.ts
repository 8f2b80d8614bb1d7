import { describe, invalidArgument } from '../core/error.js';
import type { Writer } from './writer.js';

/** How many numbers each letter takes. */
const COUNTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, Q: 4, Z: 0 };

/** Writes an SVG path, of the commands M, L, H, V, C, Q and Z; small letters are relative to the point before. */
export function writePath(name: string, path: unknown, writer: Writer): void {
  const refuse = (what: string) =>
    invalidArgument('pdf', `${name}: expected an SVG path of M, L, H, V, C, Q and Z, got ${what}`);
  if (typeof path !== 'string') throw refuse(describe(path));
  const countAt = writer.length;
  writer.u32(0);
  let count = 0;
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, letter = '', rest = ''] of path.matchAll(
    /([a-z])([^a-z]*(?:e[+-]?\d[^a-z]*)*)/gi,
  )) {
    const upper = letter.toUpperCase();
    const takes = COUNTS[upper];
    const numbers = (rest.match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi) ?? []).map(Number);
    if (
      takes === undefined ||
      (takes === 0 ? numbers.length > 0 : numbers.length % takes > 0 || numbers.length === 0)
    )
      throw refuse(JSON.stringify(letter + rest));
    const relative = letter !== upper;
    for (let at = 0; at === 0 || at < numbers.length; at += takes || 1) {
      const [dx, dy] = relative ? [x, y] : [0, 0];
      const points: number[] = [];
      const own = numbers.slice(at, at + takes);
      if (upper === 'H') points.push((own[0] ?? 0) + dx, y);
      else if (upper === 'V') points.push(x, (own[0] ?? 0) + dy);
      else
        for (const [index, number] of own.entries())
          points.push(number + (index % 2 === 0 ? dx : dy));
      count++;
      if (upper === 'Z') {
        writer.u8(3);
        [x, y] = [startX, startY];
        break;
      }
      if (upper === 'C') writer.u8(2);
      else if (upper === 'Q') {
        // The same curve with two control points.
        const [cx = 0, cy = 0, ex = 0, ey = 0] = points;
        points.splice(0, 4, x + ((cx - x) * 2) / 3, y + ((cy - y) * 2) / 3);
        points.push(ex + ((cx - ex) * 2) / 3, ey + ((cy - ey) * 2) / 3, ex, ey);
        writer.u8(2);
      } else writer.u8(upper === 'M' && at === 0 ? 0 : 1);
      for (const number of points) writer.number(name, number);
      [x, y] = points.slice(-2) as [number, number];
      if (upper === 'M' && at === 0) [startX, startY] = [x, y];
    }
  }
  if (count === 0) throw refuse(JSON.stringify(path));
  writer.patch(countAt, count);
}
