import { concat, toBytes } from '../core/bytes.js';
import type { Shapes } from '../core/contract.js';
import { chunksOf, isLargeBlob, PIECE_BYTES, type SourceShape, watch } from '../core/source.js';
import { type Manifest, manifest, type Part } from './manifest.js';

/** In front of a piece, for what the one before left: so that it need not be copied to be one with it. */
const HEAD_BYTES = 1 << 20;
/** The first piece is gathered in this, because most sources are short. */
const FIRST_BYTES = 64 << 10;
const NOTHING = new Uint8Array(0);

/** What reading a source needs. */
export interface Operations<Options> {
  readonly whole: Shapes<Options, Manifest>;
  /** The chunks of a piece that do not depend on what follows. */
  readonly piece: Shapes<Options, Part>;
  /** The root above digests, and lengths behind them. */
  root(entries: Uint8Array, options: Options, signal: AbortSignal | undefined): Promise<Uint8Array>;
}

/**
 * Makes the shape that reads a source. A piece is cut while the next one is read; what a piece leaves comes again in front
 * of the next, and nothing else lives between the two.
 */
export function chunkSourceOf<Options>(
  operations: Operations<Options>,
): SourceShape<Options, Manifest> {
  const { whole, piece, root } = operations;
  return async (source, given) => {
    const { signal, ...others } = (given ?? {}) as { signal?: AbortSignal };
    const options = others as Options;
    const parts: Part[] = [];
    let running: Promise<void> | undefined;
    let rest: Uint8Array = NOTHING;
    let gathered = new Uint8Array(isLargeBlob(source) ? HEAD_BYTES + PIECE_BYTES : FIRST_BYTES);
    let head = isLargeBlob(source) ? HEAD_BYTES : 0;
    let end = head;

    /** What was left, and behind it what was gathered. */
    const joined = (): Uint8Array => {
      if (rest.length > head) return concat([rest, gathered.subarray(head, end)]);
      gathered.set(rest, head - rest.length);
      return gathered.subarray(head - rest.length, end);
    };

    const push = async () => {
      await running;
      const input = joined();
      head = end = HEAD_BYTES;
      gathered = new Uint8Array(HEAD_BYTES + PIECE_BYTES);
      running = piece.async(input, { ...options, signal }).then((part) => {
        parts.push(part);
        rest = input.subarray(part.lengths.reduce((sum, length) => sum + length, 0));
      });
      // Whoever waits next hears of a failure; until then nobody may call it unhandled.
      running.catch(() => {});
    };

    const take = async (chunk: unknown) => {
      let bytes = toBytes('dedup', chunk);
      while (bytes.length > 0) {
        if (end === gathered.length) {
          if (end < PIECE_BYTES) {
            const grown = new Uint8Array(Math.min(PIECE_BYTES, end * 8));
            grown.set(gathered);
            gathered = grown;
          } else await push();
        }
        const some = bytes.subarray(0, gathered.length - end);
        gathered.set(some, end);
        end += some.length;
        bytes = bytes.subarray(some.length);
      }
    };

    const { aborted, stop } = watch('dedup', signal);
    const chunks = chunksOf('dedup', source);
    try {
      for (;;) {
        const { done, value } = await Promise.race([chunks.next(), aborted]);
        if (done) break;
        await take(value);
      }
      await running;
    } catch (error) {
      // Not waited for: a source that never gives its next chunk would never end either.
      chunks.return().catch(() => {});
      throw error;
    } finally {
      stop();
    }
    const last = await whole.async(joined(), { ...options, signal });
    if (parts.length === 0) return last;
    parts.push(last);
    const digests = concat(parts.map((part) => part.digests));
    const lengths = new Uint32Array(digests.length / 32);
    // Digests and, behind them, lengths, as the operation wants them.
    const entries = new Uint8Array(digests.length + lengths.length * 4);
    entries.set(digests);
    const view = new DataView(entries.buffer, digests.length);
    let at = 0;
    for (const part of parts) {
      for (const length of part.lengths) {
        lengths[at] = length;
        view.setUint32(at++ * 4, length, true);
      }
    }
    return manifest(lengths, digests, await root(entries, options, signal));
  };
}
