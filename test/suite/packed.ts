import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { type Suite, text, utf8 } from '../harness/harness.ts';

/** Batches in one buffer: inputs that come so, results that are wanted so. */
export const packed: Suite = ({ test, bytemill, selftest }) => {
  const { echo, fail } = selftest;
  const { hash, pdf } = bytemill;
  const words = ['one', '', 'three', 'vier'];
  const list = words.map(utf8);
  const together = { bytes: utf8('onethreevier'), offsets: Uint32Array.of(0, 3, 3, 8, 12) };

  test('packed inputs are read like a list', async () => {
    equal(echo.batchSync(together).map(text), words);
    equal((await echo.batch(together)).map(text), words);
    const settled = echo.batchSync(together, { settle: true });
    equal(
      settled.map(({ status }) => status),
      words.map(() => 'fulfilled'),
    );
  });

  test('packed results hold what a list would', async () => {
    for (const inputs of [list, together]) {
      equal(echo.batchSync(inputs, { packed: true }), together);
      equal(await echo.batch(inputs, { packed: true }), together);
    }
    const digests = hash.blake3BatchSync(together, { packed: true, length: 16 });
    equal(digests.offsets, Uint32Array.of(0, 16, 32, 48, 64));
    list.forEach((input, index) => {
      const digest = digests.bytes.subarray(index * 16, index * 16 + 16);
      equal(digest, hash.blake3Sync(input, { length: 16 }), `digest ${index}`);
    });
  });

  test('a part of a buffer, and a batch of nothing', async () => {
    const part = { bytes: together.bytes, offsets: Uint32Array.of(3, 8) };
    equal(echo.batchSync(part).map(text), ['three']);
    const nothing = { bytes: utf8(''), offsets: Uint32Array.of(0) };
    equal(echo.batchSync(nothing), []);
    equal(echo.batchSync(nothing, { packed: true }), nothing);
    equal(await echo.batch([], { packed: true }), nothing);
  });

  test('results of one batch can be the inputs of the next', () => {
    const twice = echo.batchSync(echo.batchSync(together, { packed: true, times: 2 }), {
      packed: true,
    });
    equal(text(twice.bytes), 'oneonethreethreeviervier');
  });

  test('batches that run in many parts come back whole', () => {
    const count = 20_000;
    const offsets = new Uint32Array(count + 1).map((_, index) => index * 3);
    const bytes = new Uint8Array(count * 3).map((_, index) => index % 251);
    const result = echo.batchSync({ bytes, offsets }, { packed: true, times: 2 });
    equal(result.bytes.length, count * 6);
    for (const index of [0, 1, 4095, 4096, 4097, 12_345, count - 1]) {
      const input = bytes.subarray(index * 3, index * 3 + 3);
      equal(result.offsets[index + 1], index * 6 + 6, `end of ${index}`);
      equal(result.bytes.subarray(index * 6, index * 6 + 3), input, `input ${index}`);
    }
  });

  test('the first failure is named', async () => {
    const inputs = ['fine', 'fine', 'error', 'panic', 'limit'].map(utf8);
    const first = { code: 'ERR_INVALID_DATA', index: 2, kernel: 'selftest' };
    throws(() => fail.batchSync(inputs, { packed: true }), first);
    await rejects(fail.batch(inputs, { packed: true }), first);
    const panicked = ['fine', 'panic', 'error'].map(utf8);
    throws(() => fail.batchSync(panicked, { packed: true }), { code: 'ERR_INTERNAL', index: 1 });
    equal(text(echo.sync(utf8('again'))), 'again');
  });

  test('offsets that cannot be are refused, and named', async () => {
    const wrong: [object, RegExp][] = [
      [{ bytes: utf8('abc') }, /^inputs\.offsets: expected a Uint32Array, got undefined/],
      [{ bytes: utf8('abc'), offsets: [0, 3] }, /^inputs\.offsets: expected a Uint32Array/],
      [{ offsets: Uint32Array.of(0) }, /^inputs\.bytes: expected a Uint8Array/],
      [{ bytes: utf8('abc'), offsets: new Uint32Array(0) }, /got none/],
      [
        { bytes: utf8('abc'), offsets: Uint32Array.of(0, 4) },
        /offsets\[1\]: .* from 0 to 3, got 4/,
      ],
      [
        { bytes: utf8('abc'), offsets: Uint32Array.of(2, 1) },
        /offsets\[1\]: .* from 2 to 3, got 1/,
      ],
      [{ other: 1 }, /^inputs: expected an array of inputs, or/],
    ];
    for (const [inputs, message] of wrong) {
      const expected = { code: 'ERR_INVALID_ARGUMENT', message };
      throws(() => echo.batchSync(inputs as never), expected);
      throws(() => echo.batchSync(inputs as never, { packed: true }), expected);
      await rejects(echo.batch(inputs as never), expected);
    }
  });

  test('packed is refused where results are no bytes, and beside settle', async () => {
    const options = { packed: true } as never;
    const noBytes = {
      code: 'ERR_INVALID_ARGUMENT',
      message: /results of extractText are not bytes/,
    };
    throws(() => pdf.extractTextBatchSync(list, options), noBytes);
    await rejects(pdf.extractTextBatch(list, options), noBytes);
    const both = { packed: true, settle: true } as never;
    throws(() => echo.batchSync(list, both), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /at most one of packed and settle/,
    });
    ok(echo.batchSync([], { packed: true }).bytes.length === 0, 'an empty batch packs');
  });
};
