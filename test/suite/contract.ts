import { equal, isError, ok, rejects, throws } from '../harness/assert.ts';
import { inAllShapes, type Suite, shapes, text, utf8 } from '../harness/harness.ts';

/** What holds for every operation: the four shapes, batches, inputs, options, errors. */
export const contract: Suite = ({ test, bytemill, selftest }) => {
  const { echo, fail } = selftest;
  const words = ['one', '', 'three', 'vier'].map(utf8);

  test('the four shapes agree', async () => {
    for (const word of words) {
      equal(echo.sync(word), word);
      equal(await echo.async(word), word);
    }
    equal(echo.batchSync(words), words);
    equal(await echo.batch(words), words);
  });

  test('an empty batch is an empty result', async () => {
    equal(echo.batchSync([]), []);
    equal(await echo.batch([]), []);
    equal(await echo.batch([], { settle: true }), []);
  });

  test('every kind of input is read, whatever its view', async () => {
    const bytes = utf8('..payload..');
    const { buffer } = bytes.slice(2, 9);
    const inputs = [
      bytes.subarray(2, 9),
      buffer,
      new DataView(bytes.buffer, 2, 7),
      new Int8Array(bytes.buffer, 2, 7),
      ...(typeof SharedArrayBuffer === 'undefined' ? [] : [shared(bytes.subarray(2, 9))]),
    ];
    for (const input of inputs) {
      equal(text(echo.sync(input)), 'payload');
      equal(text(await echo.async(input)), 'payload');
    }
    equal(text(await echo.async(new Blob([bytes.slice(2, 9)]))), 'payload');
    equal(
      (await echo.batch(inputs)).map(text),
      inputs.map(() => 'payload'),
    );
  });

  test('results are owned by the caller, inputs are left alone', async () => {
    const input = utf8('abc');
    for (const result of [
      echo.sync(input),
      await echo.async(input),
      ...(await echo.batch([input, input])),
    ]) {
      equal(result.byteLength, result.buffer.byteLength, 'a buffer of its own');
      result.fill(0);
    }
    equal(text(input), 'abc');
  });

  test('transfer hands a whole buffer over', async () => {
    const input = utf8('x'.repeat(100_000)).slice();
    equal((await echo.async(input, { transfer: true })).length, 100_000);
    ok(input.byteLength === 0 || input.byteLength === 100_000, 'detached or untouched');
  });

  test('a wrong type is named in all four shapes', async () => {
    for (const wrong of [undefined, null, 42, 'text', {}, [1, 2]]) {
      const outcomes = await inAllShapes({ ...echo }, wrong);
      for (const [shape, outcome] of Object.entries(outcomes)) {
        ok(outcome.status === 'rejected', `${shape} accepted ${String(wrong)}`);
        isError(
          outcome.reason,
          { code: 'ERR_INVALID_ARGUMENT', message: /^input: expected bytes .*got / },
          shape,
        );
      }
    }
    throws(() => echo.batchSync(utf8('not a list') as never), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /inputs: expected an array/,
    });
    await rejects(echo.batch('x' as never), { code: 'ERR_INVALID_ARGUMENT' });
  });

  test('options outside their range are named with what was expected and what came', async () => {
    const cases: [object, RegExp][] = [
      [{ times: -1 }, /^times: expected a whole number from 0 to 1000000, got the number -1$/],
      [{ times: 1.5 }, /^times: expected a whole number/],
      [{ times: '2' }, /^times: .* got the string "2"$/],
      [{ prefix: 'text' }, /^prefix: expected a Uint8Array, got the string "text"$/],
      [{ prefix: new Uint8Array(65) }, /^prefix: expected 1 to 64 bytes, got 65$/],
      [{ time: 1 }, /has no option "time"; it has: times, prefix/],
      [{ timeoutMs: -1 }, /^timeoutMs: expected/],
      [{ signal: {} }, /^signal: expected an AbortSignal/],
    ];
    for (const [options, message] of cases) {
      await rejects(echo.async(words[0] as Uint8Array, options as never), {
        code: 'ERR_INVALID_ARGUMENT',
        message,
      });
      if ('timeoutMs' in options || 'signal' in options) continue;
      throws(() => echo.sync(words[0] as Uint8Array, options as never), {
        code: 'ERR_INVALID_ARGUMENT',
        message,
      });
    }
    for (const wrong of [null, 3, 'fast', []]) {
      throws(() => echo.sync(words[0] as Uint8Array, wrong as never), {
        code: 'ERR_INVALID_ARGUMENT',
        message: /^options: expected an object/,
      });
    }
  });

  test('options reach the kernel', async () => {
    const options = { times: 2, prefix: utf8('>') };
    equal(text(echo.sync(utf8('ab'), options)), '>abab');
    equal(text(await echo.async(utf8('ab'), options)), '>abab');
    equal((await echo.batch([utf8('a'), utf8('b')], options)).map(text), ['>aa', '>bb']);
  });

  test('a batch fails with its first failure and names it, or settles', async () => {
    const inputs = ['fine', 'error', 'fine', 'limit'].map(utf8);
    const first = { code: 'ERR_INVALID_DATA', index: 1, kernel: 'selftest' };
    throws(() => fail.batchSync(inputs), first);
    await rejects(fail.batch(inputs), first);
    for (const settled of [
      fail.batchSync(inputs, { settle: true }),
      await fail.batch(inputs, { settle: true }),
    ]) {
      equal(
        settled.map((result) => result.status),
        ['fulfilled', 'rejected', 'fulfilled', 'rejected'],
      );
      isError((settled[3] as PromiseRejectedResult).reason, {
        code: 'ERR_LIMIT_EXCEEDED',
        limit: 'maxOutputBytes',
        index: 3,
      });
    }
    const mixed = [utf8('fine'), 7 as never, utf8('fine')];
    for (const settled of [
      fail.batchSync(mixed, { settle: true }),
      await fail.batch(mixed, { settle: true }),
    ]) {
      equal(
        settled.map((result) => result.status),
        ['fulfilled', 'rejected', 'fulfilled'],
      );
    }
  });

  test('errors are one class, whichever entry made them', async () => {
    const error = await fail.async(utf8('error')).catch((reason: unknown) => reason);
    ok(error instanceof bytemill.BytemillError && error instanceof Error, 'instanceof holds');
    equal((error as { offset?: number }).offset, 3);
    ok(!(new Error('x') instanceof bytemill.BytemillError), 'others are not');
  });

  test('large batches come back whole and in order', async () => {
    const inputs = Array.from({ length: 10_000 }, (_, index) => utf8(`item ${index}`));
    equal(echo.batchSync(inputs).map(text), inputs.map(text));
    equal((await echo.batch(inputs)).map(text), inputs.map(text));
  });

  test('large inputs come back whole', async () => {
    const input = new Uint8Array(20 << 20).map((_, index) => index >> 8);
    equal(echo.sync(input), input);
    equal(await echo.async(input), input);
  });

  test('every family exports four shapes of every operation', () => {
    const operations = {
      zstd: ['compress', 'decompress'],
      brotli: ['compress', 'decompress'],
      lz4: ['compress', 'decompress'],
      hash: ['blake3', 'blake3Hex'],
      image: [
        'thumbnail',
        'jpegThumbnail',
        'thumbnails',
        'metadata',
        'decode',
        'encode',
        'frames',
        'perceptualHash',
        'thumbhash',
        'blurhash',
      ],
      pdf: [
        'extractText',
        'layout',
        'search',
        'info',
        'pageSizes',
        'pageLabels',
        'fonts',
        'outline',
        'links',
        'destinations',
        'attachments',
        'formFields',
        'images',
        'extractPages',
        'split',
        'rotate',
        'rewrite',
      ],
    };
    for (const [family, names] of Object.entries(operations)) {
      for (const name of names) {
        for (const [shape, run] of Object.entries(shapes((bytemill as never)[family], name))) {
          ok(typeof run === 'function', `${family}.${name}: ${shape}`);
        }
      }
    }
  });
};

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
