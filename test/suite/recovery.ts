import { equal, isError, ok, rejects } from '../harness/assert.ts';
import { type Ability, type Suite, text, utf8 } from '../harness/harness.ts';

/** What happens when a kernel misbehaves: the guilty call fails, everything else goes on. */
export const recovery: Suite = ({ test, bytemill, selftest, residentBytes = () => 0 }) => {
  const { echo, fail } = selftest;
  const internal = { code: 'ERR_INTERNAL', message: /forced panic/ };
  const kinds: [string, { code: string; message?: RegExp }, Ability?][] = [
    ['panic', internal],
    ['overflow', { code: 'ERR_INTERNAL', message: /stack/ }, 'containment'],
    ['memory', { code: 'ERR_OUT_OF_MEMORY', message: /allocation of \d+ bytes/ }, 'containment'],
  ];

  for (const [kind, expected, needs] of kinds) {
    test(
      `${kind}: the call fails, the next one works`,
      async () => {
        for (let round = 0; round < 3; round++) {
          const settled = fail.batchSync([utf8('before'), utf8(kind), utf8('after')], {
            settle: true,
          });
          equal(
            settled.map(({ status }) => status),
            ['fulfilled', 'rejected', 'fulfilled'],
          );
          isError((settled[1] as PromiseRejectedResult).reason, { ...expected, index: 1 });
          await rejects(fail.async(utf8(kind)), expected);
          equal(text(await fail.async(utf8('fine'))), 'fine');
        }
      },
      needs,
    );

    test(
      `${kind}: its neighbours in an asynchronous batch get their results`,
      async () => {
        const inputs = Array.from({ length: 40 }, (_, index) =>
          utf8(index % 13 === 5 ? kind : `item ${index}`),
        );
        const settled = await fail.batch(inputs, { settle: true });
        settled.forEach((result, index) => {
          if (index % 13 === 5)
            isError((result as PromiseRejectedResult).reason, { ...expected, index });
          else if (result.status === 'rejected') throw result.reason;
          else equal(text(result.value), `item ${index}`);
        });
      },
      needs,
    );
  }

  test('10,000 panics in a row: each is told, every following call is right, memory stays flat', () => {
    const rounds = 10_000;
    let early = 0;
    for (let round = 0; round < rounds; round++) {
      const error = caught(() => fail.sync(utf8('panic')));
      isError(error, internal, `round ${round}`);
      equal(echo.sync(utf8(`after ${round}`)), utf8(`after ${round}`));
      if (round === 1000) early = residentBytes();
    }
    const grown = (residentBytes() - early) / (1 << 20);
    ok(
      grown < 64,
      `resident memory grew by ${grown.toFixed(0)} MiB between call 1,000 and call 10,000`,
    );
  });

  test('a batch of nothing but panics ends', () => {
    const settled = fail.batchSync(
      Array.from({ length: 500 }, () => utf8('panic')),
      { settle: true },
    );
    equal(settled.length, 500);
    for (const result of settled) isError((result as PromiseRejectedResult).reason, internal);
  });

  test(
    'an aborted call ends a kernel that would never return',
    async () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('enough')), 30);
      await rejects(fail.async(utf8('spin'), { signal: controller.signal }), {
        code: 'ERR_ABORTED',
      });
      equal(text(await fail.async(utf8('fine'))), 'fine');
    },
    'stop',
  );

  test(
    'a timeout ends a kernel, and its neighbours are run again',
    async () => {
      const spin = fail.async(utf8('spin'), { timeoutMs: 60 });
      const others = Array.from({ length: 8 }, (_, index) => fail.async(utf8(`item ${index}`)));
      await rejects(spin, { code: 'ERR_TIMEOUT', message: /60 ms/ });
      equal(
        (await Promise.all(others)).map(text),
        Array.from({ length: 8 }, (_, index) => `item ${index}`),
      );
    },
    'stop',
  );

  test('memories that the calling thread has dropped do not keep the workers from starting', async () => {
    await bytemill.close();
    fillAddressSpace();
    equal(text(await echo.async(utf8('here'))), 'here');
  });

  test('a signal that was aborted before the call runs nothing', async () => {
    const { batches } = bytemill.info().counters;
    await rejects(fail.async(utf8('spin'), { signal: AbortSignal.abort() }), {
      code: 'ERR_ABORTED',
    });
    equal(bytemill.info().counters.batches, batches);
  });
};

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** Leaves as much garbage as there is room for, up to more than a browser has: 10 GiB of addresses for each memory. */
function fillAddressSpace(): void {
  const memories: WebAssembly.Memory[] = [];
  try {
    while (memories.length < 200) memories.push(new WebAssembly.Memory({ initial: 1 }));
  } catch {
    // It is full.
  }
}
