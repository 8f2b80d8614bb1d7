import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { type Suite, text, utf8 } from '../harness/harness.ts';

/** What `configure` accepts, refuses and does. */
export const settings: Suite = ({ test, bytemill, selftest, backend }) => {
  const { configure, info } = bytemill;
  const { echo } = selftest;

  test('wrong settings are refused by name, and change nothing', () => {
    const wrong: [unknown, RegExp][] = [
      [{ concurrency: 0 }, /^concurrency: expected a positive whole number, got the number 0/],
      [{ concurrency: 1.5 }, /^concurrency/],
      [{ idleMs: -1 }, /^idleMs: expected a whole number/],
      [{ maxMemoryBytes: '1 GB' }, /^maxMemoryBytes: .* got the string "1 GB"/],
      [{ debug: 1 }, /^debug: expected true or false, got the number 1/],
      [{ backend: 'gpu' }, /^backend: expected one of 'auto', 'wasm', 'threads', 'native'/],
      [{ queue: 5 }, /^queue: expected an object, got the number 5/],
      [{ queue: { maxItems: 0 } }, /^queue\.maxItems: expected a positive/],
      [
        { queue: { length: 5 } },
        /there is no setting "queue\.length"; there are: maxItems, maxBytes/,
      ],
      [{ speed: 9 }, /there is no setting "speed"; there are: backend, concurrency/],
      [null, /^settings: expected an object, got null/],
    ];
    for (const [changes, message] of wrong) {
      throws(() => configure(changes as never), { code: 'ERR_INVALID_ARGUMENT', message });
    }
    throws(() => configure({ concurrency: 7, idleMs: -1 }), { code: 'ERR_INVALID_ARGUMENT' });
    ok(info().concurrency !== 7, 'a call that fails changes nothing');
  });

  test('what is given as undefined stays', async () => {
    const { concurrency } = info();
    configure({ concurrency: undefined, queue: { maxItems: undefined } } as never);
    equal(info().concurrency, concurrency);
    equal(text(await echo.async(utf8('still served'))), 'still served');
  });

  // The native build has the process's own memory, which no setting of ours bounds.
  if (backend === 'native') return;

  test('a kernel that would need more than maxMemoryBytes fails, the next call works', async () => {
    await bytemill.close();
    configure({ maxMemoryBytes: 8 << 20, highWaterBytes: 1 });
    // Replaces the instance of this thread, which keeps the limit that it was made with.
    echo.sync(utf8('x'));
    configure({ highWaterBytes: 64 << 20 });
    const expected = { code: 'ERR_OUT_OF_MEMORY', message: /maxMemoryBytes, 8388608|does not fit/ };
    try {
      throws(() => echo.sync(new Uint8Array(1 << 20), { times: 20 }), expected);
      throws(() => echo.sync(new Uint8Array(16 << 20)), expected);
      equal(text(echo.sync(utf8('small'))), 'small');
      await rejects(echo.async(new Uint8Array(1 << 20), { times: 20 }), expected);
      await rejects(echo.async(new Uint8Array(16 << 20)), expected);
      equal(text(await echo.async(utf8('small'))), 'small');
    } finally {
      configure({ maxMemoryBytes: 2 ** 31, highWaterBytes: 1 });
      echo.sync(utf8('x'));
      configure({ highWaterBytes: 64 << 20 });
      await bytemill.close();
    }
    equal(echo.sync(new Uint8Array(16 << 20)).length, 16 << 20);
  });
};
