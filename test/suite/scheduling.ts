import { equal, ok, rejects } from '../harness/assert.ts';
import { mod251, type Suite, text, utf8 } from '../harness/harness.ts';

/** How calls travel: together where they can, bounded where they must be, without blocking the caller. */
export const scheduling: Suite = ({ test, bytemill, selftest, backend, runtime, sharing }) => {
  const { configure, info, zstd, hash } = bytemill;
  const { echo } = selftest;

  test('1,000 calls of one tick make one batch per worker', async () => {
    const frames = Array.from({ length: 1000 }, (_, index) =>
      zstd.compressSync(utf8(`message ${index}`)),
    );
    await zstd.decompress(frames[0] as Uint8Array);
    const before = info().counters;
    const results = await Promise.all(frames.map((frame) => zstd.decompress(frame)));
    const { batches, items } = info().counters;
    equal(
      results.map(text),
      frames.map((_, index) => `message ${index}`),
    );
    equal(items - before.items, 1000, 'inputs');
    ok(
      batches - before.batches <= info().concurrency,
      `${batches - before.batches} batches for 1,000 calls`,
    );
  });

  test('calls with different options do not share a batch', async () => {
    const results = await Promise.all(
      [1, 2, 3, 2, 1].map((times) => echo.async(utf8('a'), { times })),
    );
    equal(results.map(text), ['a', 'aa', 'aaa', 'aa', 'a']);
  });

  test('too many waiting calls are refused, those that wait are served', async () => {
    configure({ queue: { maxItems: 10 } });
    try {
      const calls = Array.from({ length: 25 }, (_, index) => echo.async(utf8(`call ${index}`)));
      const settled = await Promise.allSettled(calls);
      equal(settled.filter(({ status }) => status === 'fulfilled').length, 10);
      await rejects(calls[24] as Promise<unknown>, {
        code: 'ERR_BUSY',
        message: /10 inputs of \d+ bytes are waiting/,
      });
      equal(text(await echo.async(utf8('again'))), 'again');
    } finally {
      configure({ queue: { maxItems: 65_536 } });
    }
  });

  test('too many waiting bytes are refused, one large input is not', async () => {
    configure({ queue: { maxBytes: 1000 } });
    try {
      equal((await echo.async(new Uint8Array(5000))).length, 5000);
      const [first, second] = await Promise.allSettled([
        echo.async(new Uint8Array(600)),
        echo.async(new Uint8Array(600)),
      ]);
      equal([first.status, second.status], ['fulfilled', 'rejected']);
    } finally {
      configure({ queue: { maxBytes: 1 << 30 } });
    }
  });

  test('a batch longer than the queue is served whole', async () => {
    const input = utf8('x');
    const results = await echo.batch(Array.from({ length: 70_000 }, () => input));
    ok(results.length === 70_000 && results.every((result) => result.length === 1), 'all of them');
  });

  test('an input whose buffer is detached meanwhile is refused, not misread', async () => {
    const input = utf8('soon gone').slice();
    const call = echo.async(input);
    structuredClone(input.buffer, { transfer: [input.buffer] });
    await rejects(call, { code: 'ERR_INVALID_ARGUMENT', message: /detached or resized/ });
  });

  test(
    'asynchronous work leaves the event loop free',
    async () => {
      const input = mod251(24 << 20);
      await hash.blake3(input.subarray(0, 5 << 20));
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      await Promise.all([hash.blake3(input), zstd.compress(input.subarray(0, 8 << 20))]);
      clearInterval(timer);
      ok(turns > 0, 'timers ran while the kernels did');
    },
    'beside',
  );

  test('one large input gives the same digest on every engine', async () => {
    const input = mod251((9 << 20) + 12_345);
    const digest = hash.blake3HexSync(input);
    equal(await hash.blake3Hex(input), digest);
    equal(await hash.blake3HexBatch([input, input]), [digest, digest]);
    const threads = info().threads === true && backend === 'threads';
    if (!threads) return;
    const { workersStarted } = info().counters;
    ok(workersStarted > info().concurrency, 'threads were started for it');
  });

  test('an instance whose memory passed the high-water mark is replaced', () => {
    if (backend === 'native') return;
    configure({ highWaterBytes: 8 << 20 });
    try {
      equal(echo.sync(new Uint8Array(16 << 20)).length, 16 << 20);
      ok((info().memoryBytes['selftest'] ?? 0) <= 8 << 20, 'the large instance is gone');
      equal(text(echo.sync(utf8('small'))), 'small');
    } finally {
      configure({ highWaterBytes: 64 << 20 });
    }
  });

  test('info tells what runs', () => {
    const told = info();
    ok(/^\d+\.\d+\.\d+/.test(told.version), told.version);
    equal(told.runtime, runtime);
    equal(told.threads === true, sharing, `threads: ${told.threads}`);
    equal([told.versions['bytemill'], told.simd], [told.version, true]);
    ok(told.concurrency >= 1 && Array.isArray(told.notices), 'concurrency and notices');
    equal(told.backend, backend);
  });

  test('info tells what memory workers and threads hold', async () => {
    if (backend === 'native') return;
    const input = new Uint8Array(8 << 20);
    await bytemill.close();
    equal(info().workerMemoryBytes, 0);
    equal((await echo.async(input)).length, input.length);
    // Where nothing can be started, the calling thread does the work.
    const elsewhere = info().workers > 0 || (backend === 'threads' && sharing);
    equal(info().workerMemoryBytes >= input.length, elsewhere);
  });

  test('close ends the workers, the next call starts new ones', async () => {
    await bytemill.close();
    equal([info().workers, info().workerMemoryBytes], [0, 0]);
    equal(text(await echo.async(utf8('again'))), 'again');
  });
};
