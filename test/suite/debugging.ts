import { equal, isError, ok } from '../harness/assert.ts';
import { readyAll, type Suite, text, utf8 } from '../harness/harness.ts';

/** What `configure({ debug: true })` adds to a bug report. */
export const debugging: Suite = ({ test, bytemill, selftest }) => {
  const { configure, info } = bytemill;
  const { echo, fail } = selftest;

  const debugged = async (body: () => Promise<void>) => {
    configure({ debug: true });
    try {
      await selftest.ready();
      await body();
    } finally {
      configure({ debug: false });
      // What is loaded is forgotten with the setting, and browsers load nothing on a synchronous call.
      await readyAll({ bytemill, selftest });
    }
  };
  const notices = () => info().notices.filter((notice) => notice.includes('debug build'));

  const namesLines = () =>
    debugged(async () => {
      equal([info().debug, notices()], [true, []]);
      const errors = [
        caught(() => fail.sync(utf8('panic'))),
        caught(() => fail.batchSync([utf8('fine'), utf8('panic')])),
        await fail.async(utf8('panic')).catch((error: unknown) => error),
        await fail.batch([utf8('fine'), utf8('panic')]).catch((error: unknown) => error),
      ];
      for (const error of errors) {
        isError(error, {
          code: 'ERR_INTERNAL',
          message: /ops\/selftest\.rs:\d+:\d+: ?forced panic/,
        });
        const { cause } = error as { cause?: Error };
        ok(cause instanceof Error && typeof cause.stack === 'string', 'the trap is the cause');
        // JavaScriptCore tells no offsets in a module, and so no lines can be found.
        if (!/wasm-function\[\d+\]:0x/.test(cause.stack)) continue;
        const line = /bindings\/core\/src\/ops\/selftest\.rs:\d+ wasm-function/;
        ok(line.test(cause.stack), `lines of Rust: ${cause.stack}`);
        ok(/rust_(panic|begin_unwind)/.test(cause.stack), `names of functions: ${cause.stack}`);
      }
      equal(text(echo.sync(utf8('next'))), 'next');
    });
  test('a debug build names the lines of Rust that a panic came from', namesLines, 'debug');

  const sameBytes = () =>
    debugged(async () => {
      equal(text(await echo.async(utf8('ab'), { times: 2 })), 'abab');
      equal(echo.batchSync(['a', 'b'].map(utf8)).map(text), ['a', 'b']);
    });
  test('the same bytes come out of a debug build', sameBytes, 'debug');

  test('without it an error has no cause and no stack of wasm', () => {
    const error = caught(() => fail.sync(utf8('panic'))) as Error;
    equal([info().debug, error.cause], [false, undefined]);
  });
};

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
