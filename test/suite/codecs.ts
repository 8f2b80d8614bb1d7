import { equal, isError, ok, rejects, throws } from '../harness/assert.ts';
import { mod251, type Suite, utf8 } from '../harness/harness.ts';
import { collect, source } from '../harness/streams.ts';

/** What every codec has in common: streams of any cut, limits, what follows the end. */
export const codecs: Suite = ({ test, bytemill }) => {
  const { zstd, gzip, brotli, lz4 } = bytemill;
  const text = utf8(
    Array.from({ length: 9000 }, (_, line) => `line ${line % 97} of ${line * 7919}\n`).join(''),
  );
  const noise = Uint8Array.from(
    { length: 70_000 },
    (_, index) => (index * index * 2654435761) >>> 11,
  );
  const inputs: readonly [string, Uint8Array][] = [
    ['nothing', new Uint8Array(0)],
    ['a byte', utf8('x')],
    ['text', text],
    ['noise', noise],
    ['zeros', new Uint8Array(400_000)],
    ['a period', mod251(200_000)],
  ];

  for (const [name, codec] of Object.entries({ zstd, gzip, brotli, lz4 })) {
    test(`${name}: streams of any cut and whole calls read each other`, async () => {
      for (const [what, input] of inputs) {
        const packed = await collect(source(cut(input, 9973)).pipeThrough(codec.compressStream()));
        const other = await collect(source(cut(input, 65_536)).pipeThrough(codec.compressStream()));
        equal(packed, other, `${what}: however it is cut`);
        equal(await codec.decompress(packed), input, `${what}: from a stream`);
        const whole = await codec.compress(input);
        for (const size of [7, 1009, 70_000]) {
          if (size < 100 && whole.length > 20_000) continue;
          const back = await collect(
            source(cut(whole, size)).pipeThrough(codec.decompressStream()),
          );
          equal(back, input, `${what}: into a stream, ${size} bytes at a time`);
        }
      }
    });

    test(`${name}: flushed, every chunk can be read at once`, async () => {
      const encoder = codec.compressStream({ flush: true });
      const decoder = codec.decompressStream();
      const piping = encoder.readable.pipeTo(decoder.writable);
      const writer = encoder.writable.getWriter();
      const reader = decoder.readable.getReader();
      for (const message of ['first', 'second', 'and a third']) {
        await writer.write(utf8(message));
        let got = '';
        while (got.length < message.length) {
          const { value } = await reader.read();
          got += new TextDecoder().decode(value);
        }
        equal(got, message);
      }
      await writer.close();
      equal((await reader.read()).done, true);
      await piping;
    });

    test(`${name}: a stream that is cut short or damaged errors`, async () => {
      const packed = await codec.compress(text);
      const short = collect(source([packed.subarray(0, -5)]).pipeThrough(codec.decompressStream()));
      await rejects(short, { code: 'ERR_TRUNCATED', kernel: name });
      const junk = collect(
        source([utf8('this is no such format at all')]).pipeThrough(codec.decompressStream()),
      );
      isError(await junk.catch((error) => error), { code: 'ERR_INVALID_DATA', kernel: name });
    });

    test(`${name}: limits of output and ratio, whole and as a stream`, async () => {
      const packed = await codec.compress(new Uint8Array(100_000));
      equal((await codec.decompress(packed, { maxOutputBytes: 100_000 })).length, 100_000);
      const tooLarge = { code: 'ERR_LIMIT_EXCEEDED', limit: 'maxOutputBytes' };
      throws(() => codec.decompressSync(packed, { maxOutputBytes: 99_999 }), tooLarge);
      throws(() => codec.decompressSync(packed, { maxRatio: 2 }), {
        code: 'ERR_LIMIT_EXCEEDED',
        limit: 'maxRatio',
      });
      const stream = codec.decompressStream({ maxOutputBytes: 99_999 });
      await rejects(collect(source([packed]).pipeThrough(stream)), tooLarge);
    });

    test(`${name}: a bomb in a stream waits for its reader`, async () => {
      const packed = await codec.compress(new Uint8Array(30_000_000));
      const reader = source([packed]).pipeThrough(codec.decompressStream()).getReader();
      const { value } = await reader.read();
      ok(value !== undefined && value.length < 8 << 20, `${value?.length} bytes at once`);
      await reader.cancel();
    });

    test(`${name}: what follows the end is refused, or ignored if allowed`, async () => {
      const packed = await codec.compress(text);
      const more = new Uint8Array(packed.length + 5).fill(0x2e);
      more.set(packed);
      throws(() => codec.decompressSync(more), { code: 'ERR_INVALID_DATA' });
      equal(codec.decompressSync(more, { allowTrailing: true }), text);
      const stream = codec.decompressStream({ allowTrailing: true });
      equal(await collect(source(cut(more, 1000)).pipeThrough(stream)), text);
    });
  }
};

/** The input in pieces. */
function cut(input: Uint8Array, size: number): Uint8Array[] {
  const pieces = [];
  for (let at = 0; at < input.length; at += size) pieces.push(input.slice(at, at + size));
  return pieces;
}
