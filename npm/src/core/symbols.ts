/** Digits of Base64, as source maps write numbers. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** How engines name a place in a module: V8 and SpiderMonkey, by its offset in the file. */
const PLACE = /wasm-function\[\d+\]:0x([0-9a-f]+)/g;

/** What a source map (ECMA-426) says of a wasm module: its only line is the module, columns are bytes. */
interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

/** Finds the lines of Rust that places in a debug module stem from. */
export class Symbols {
  readonly #sources: readonly string[];
  readonly #offsets: number[] = [];
  /** Position in the sources and line, by turns. */
  readonly #places: number[] = [];

  constructor(json: string) {
    const { sources, mappings } = JSON.parse(json) as SourceMap;
    this.#sources = sources;
    let offset = 0;
    let source = 0;
    let line = 0;
    for (const segment of mappings.split(',')) {
      const [byOffset = 0, bySource = 0, byLine = 0] = numbers(segment);
      this.#offsets.push((offset += byOffset));
      this.#places.push((source += bySource), (line += byLine));
    }
  }

  /** Adds file and line of Rust to every place in the module that a stack names. */
  explain(stack: string): string {
    return stack.replace(PLACE, (place, offset: string) => {
      const line = this.#line(Number.parseInt(offset, 16));
      return line ? `${line} ${place}` : place;
    });
  }

  #line(offset: number): string | undefined {
    let low = 0;
    let high = this.#offsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#offsets[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    const source = this.#sources[this.#places[low * 2 - 2] ?? -1];
    return source && `${source}:${(this.#places[low * 2 - 1] as number) + 1}`;
  }
}

/** The numbers of a segment: five bits a digit, the sixth says that more follow, the sign is the lowest of all. */
function numbers(segment: string): number[] {
  const found: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit & 32) continue;
    found.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = shift = 0;
  }
  return found;
}
