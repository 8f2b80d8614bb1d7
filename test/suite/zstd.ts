import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { type Suite, utf8 } from '../harness/harness.ts';
import { collect, source } from '../harness/streams.ts';

/** What only zstd has: levels below 0, dictionaries and their training, parts on all cores, ranges of seekable files. */
export const zstd: Suite = ({ test, bytemill, record }) => {
  const { zstd } = bytemill;
  const line = (index: number) =>
    `{"id":${index},"path":"/api/${(index * 7919) % 1000}","ms":${index % 83}}\n`;
  const large = utf8(Array.from({ length: 140_000 }, (_, index) => line(index)).join(''));

  test('parts: the same bytes on one core and on all, readable as a whole', async () => {
    for (const parallel of ['ratio', 'seekable'] as const) {
      for (const options of [
        {},
        { level: 1, checksum: false, contentSize: false },
        { level: 6, windowLog: 20 },
      ]) {
        const spread = await zstd.compress(large, { ...options, parallel, partBytes: 1 << 20 });
        const alone = zstd.compressSync(large, { ...options, parallel, partBytes: 1 << 20 });
        equal(spread, alone, `${parallel}, on all cores and on one`);
        equal(await zstd.decompress(spread), large, `${parallel}, decompressed on all cores`);
        equal(zstd.decompressSync(spread), large, `${parallel}, decompressed on one`);
        const whole = zstd.compressSync(large, options);
        const growth = spread.length / whole.length;
        ok(growth < (parallel === 'ratio' ? 1.03 : 1.15), `${parallel}: ${growth} times as large`);
      }
    }
  });

  test('parts of an input that has only one, or nothing', async () => {
    for (const input of [new Uint8Array(0), utf8('small')]) {
      for (const parallel of ['ratio', 'seekable'] as const) {
        const packed = await zstd.compress(input, { parallel });
        equal(packed, zstd.compressSync(input, { parallel }));
        equal(zstd.decompressSync(packed), input);
        equal(await zstd.decompress(packed), input);
      }
    }
    const wrong = { code: 'ERR_INVALID_ARGUMENT', kernel: 'zstd' };
    await rejects(zstd.compress(large, { parallel: 'other' as never }), {
      ...wrong,
      message: /^parallel: /,
    });
    throws(() => zstd.compressSync(large, { parallel: 'ratio', partBytes: 1 }), {
      ...wrong,
      message: /^partBytes: /,
    });
  });

  test('a range of a seekable file', async () => {
    const file = zstd.compressSync(large, { parallel: 'seekable', partBytes: 1 << 20 });
    const ranges = [
      { offset: 0, length: 10 },
      { offset: (1 << 20) - 5, length: 10 },
      { offset: 123_456, length: 3_000_000 },
      { offset: large.length - 3 },
      { offset: large.length + 10, length: 5 },
      { offset: 5, length: 0 },
      {},
    ];
    for (const range of ranges) {
      const { offset = 0, length = large.length } = range;
      const expected = large.slice(offset, offset + length);
      equal(zstd.decompressRangeSync(file, range), expected, JSON.stringify(range));
      equal(await zstd.decompressRange(file, range), expected, JSON.stringify(range));
      equal(
        await zstd.decompressRange(new Blob([file as Uint8Array<ArrayBuffer>]), range),
        expected,
        'of a Blob',
      );
    }
    const invalid = { code: 'ERR_INVALID_DATA', kernel: 'zstd' };
    throws(() => zstd.decompressRangeSync(zstd.compressSync(large)), invalid);
    throws(() => zstd.decompressRangeSync(file.subarray(1)), invalid);
    throws(() => zstd.decompressRangeSync(new Uint8Array(3)), invalid);
    throws(() => zstd.decompressRangeSync(file, { offset: -1 }), { code: 'ERR_INVALID_ARGUMENT' });
  });

  test('several frames in a large input: all of them, and the same errors as on one core', async () => {
    const frames = [large, utf8('between'), large].map((input) =>
      zstd.compressSync(input, { level: 1 }),
    );
    const together = new Uint8Array(
      await new Blob(frames as Uint8Array<ArrayBuffer>[]).arrayBuffer(),
    );
    equal((await zstd.decompress(together)).length, large.length * 2 + 7);
    const broken = together.slice();
    broken[broken.length - 1000] = (broken[broken.length - 1000] as number) ^ 0xff;
    const expected = (() => {
      try {
        zstd.decompressSync(broken);
      } catch (error) {
        return error as { code: string; message: string };
      }
      throw new Error('expected damage to be noticed');
    })();
    const got = await zstd.decompress(broken).catch((error) => error);
    equal([got.code, got.message], [expected.code, expected.message]);
    await rejects(zstd.decompress(together, { maxOutputBytes: large.length * 2 }), {
      code: 'ERR_LIMIT_EXCEEDED',
      limit: 'maxOutputBytes',
    });
  });

  test('a dictionary: smaller messages, and none without it', async () => {
    const dictionary = utf8(Array.from({ length: 200 }, (_, index) => line(index * 31)).join(''));
    const message = utf8(line(424_242));
    const packed = zstd.compressSync(message, { dictionary });
    ok(packed.length < zstd.compressSync(message).length, 'a dictionary helps');
    equal(zstd.decompressSync(packed, { dictionary }), message);
    const many = Array.from({ length: 300 }, (_, index) => utf8(line(index)));
    const frames = await zstd.compressBatch(many, { dictionary });
    equal(await zstd.decompressBatch(frames, { dictionary }), many);
    equal(zstd.compressBatchSync(many, { dictionary }), frames);
    throws(() => zstd.decompressSync(packed), { code: 'ERR_INVALID_DATA' });
  });

  test('a dictionary in streams: any cut, and the errors of whole calls', async () => {
    const dictionary = utf8(Array.from({ length: 200 }, (_, index) => line(index * 31)).join(''));
    const message = utf8([424_242, 31, 99_999].map(line).join(''));
    const whole = await collect(source([message]).pipeThrough(zstd.compressStream({ dictionary })));
    const alone = await collect(source([message]).pipeThrough(zstd.compressStream()));
    ok(whole.length < alone.length, `${whole.length} bytes with, ${alone.length} without`);
    for (const size of [1, 77, 1000]) {
      const pieces = [];
      for (let at = 0; at < message.length; at += size) pieces.push(message.slice(at, at + size));
      const packed = await collect(source(pieces).pipeThrough(zstd.compressStream({ dictionary })));
      equal(packed, whole, `in pieces of ${size} bytes`);
      const cut = [];
      for (let at = 0; at < whole.length; at += size) cut.push(whole.slice(at, at + size));
      const back = await collect(source(cut).pipeThrough(zstd.decompressStream({ dictionary })));
      equal(back, message, `back from pieces of ${size} bytes`);
    }
    equal(zstd.decompressSync(whole, { dictionary }), message, 'whole, from a stream');
    const without = collect(source([whole]).pipeThrough(zstd.decompressStream()));
    await rejects(without, { code: 'ERR_INVALID_DATA', kernel: 'zstd' });
    // It begins like a dictionary with tables, and has none.
    const broken = new Uint8Array([0x37, 0xa4, 0x30, 0xec, ...new Uint8Array(100)]);
    const invalid = { code: 'ERR_INVALID_ARGUMENT', message: /^dictionary: / };
    throws(() => zstd.compressSync(message, { dictionary: broken }), invalid);
    const stream = collect(
      source([message]).pipeThrough(zstd.compressStream({ dictionary: broken })),
    );
    await rejects(stream, invalid);
  });

  test('a frame that names a dictionary: refused without it, whole and as a stream', async () => {
    // One raw block of three bytes, for the dictionary 0x1234.
    const frame = new Uint8Array([
      0x28, 0xb5, 0x2f, 0xfd, 0x22, 0x34, 0x12, 3, 25, 0, 0, 97, 98, 99,
    ]);
    equal(zstd.frameInfo(frame).dictionaryId, 0x1234);
    const expected = { code: 'ERR_UNSUPPORTED', kernel: 'zstd' };
    for (const options of [{}, { dictionary: utf8('another, without a number') }]) {
      throws(() => zstd.decompressSync(frame, options), expected);
      const stream = zstd.decompressStream(options);
      await rejects(collect(source([frame]).pipeThrough(stream)), expected);
    }
  });

  test('dictionaries by turns: what is kept of them makes no difference', () => {
    const dictionaries = Array.from({ length: 6 }, (_, turn) =>
      utf8(Array.from({ length: 100 }, (_, index) => line(index * 17 + turn)).join('')),
    );
    const messages = Array.from({ length: 24 }, (_, index) => utf8(line(index * 99).repeat(3)));
    const first = messages.map((message, index) => {
      const dictionary = dictionaries[index % 6] as Uint8Array;
      return zstd.compressSync(message, { dictionary, level: (index % 4) * 5 });
    });
    const again = messages.map((message, index) => {
      const dictionary = dictionaries[index % 6] as Uint8Array;
      const level = (index % 4) * 5;
      const packed = zstd.compressBatchSync([messages[0] as Uint8Array, message], {
        dictionary,
        level,
      });
      equal(zstd.decompressBatchSync(packed, { dictionary })[1], message);
      return packed[1];
    });
    equal(again, first);
  });

  test('longDistance: a repetition megabytes back, whole, as a stream and in parts', async () => {
    const block = new Uint8Array(6 << 20);
    let state = 1;
    for (let at = 0; at < block.length; at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      block[at] = state >>> 24;
    }
    const content = new Uint8Array(block.length * 2);
    content.set(block);
    content.set(block, block.length);
    const longDistance = true;
    const most = block.length + 20_000;
    ok(zstd.compressSync(content, { level: 1 }).length > content.length, 'not without');
    const whole = zstd.compressSync(content, { level: 1, longDistance });
    ok(whole.length < most, `${whole.length} bytes`);
    equal(zstd.decompressSync(whole), content);
    const stream = zstd.compressStream({ level: 1, longDistance, windowLog: 23 });
    const streamed = await collect(source([content]).pipeThrough(stream));
    ok(streamed.length < most, `${streamed.length} bytes as a stream`);
    equal(zstd.frameInfo(streamed).windowBytes, 8 << 20);
    equal(await collect(source([streamed]).pipeThrough(zstd.decompressStream())), content);
    const parts = { level: 1, longDistance, parallel: 'ratio', partBytes: 4 << 20 } as const;
    const spread = await zstd.compress(content, parts);
    ok(spread.length < most, `${spread.length} bytes in parts`);
    equal(spread, zstd.compressSync(content, parts), 'on one core');
    equal(zstd.decompressSync(spread), content);
  });

  test('trainDictionary: a dictionary out of samples, the same in both shapes', async () => {
    const samples = Array.from({ length: 800 }, (_, index) => utf8(line(index * 131)));
    const options = { maxBytes: 4096, level: 6 };
    const dictionary = zstd.trainDictionarySync(samples, options);
    ok(dictionary.length <= 4096, `${dictionary.length} bytes`);
    equal(await zstd.trainDictionary(samples, options), dictionary);
    await record('zstd.trainDictionary', dictionary);
    const offsets = Uint32Array.of(0, ...samples.map(({ length }) => length));
    for (let index = 1; index < offsets.length; index++)
      offsets[index] = (offsets[index] as number) + (offsets[index - 1] as number);
    const bytes = new Uint8Array(
      await new Blob(samples as Uint8Array<ArrayBuffer>[]).arrayBuffer(),
    );
    equal(zstd.trainDictionarySync({ bytes, offsets }, options), dictionary, 'packed samples');
    const blobs = samples.map((sample) => new Blob([sample as Uint8Array<ArrayBuffer>]));
    equal(await zstd.trainDictionary(blobs, options), dictionary, 'samples in Blobs');

    const message = utf8(line(424_242));
    const frame = zstd.compressSync(message, { dictionary });
    ok(frame.length < zstd.compressSync(message).length * 0.8, `${frame.length} bytes`);
    equal(zstd.decompressSync(frame, { dictionary }), message);
    throws(() => zstd.decompressSync(frame), { code: 'ERR_UNSUPPORTED' });
    const id = zstd.frameInfo(frame).dictionaryId ?? 0;
    ok(id >= 32_768 && id < 2 ** 31, `the id ${id} may be used in public`);
    const named = zstd.trainDictionarySync(samples, { ...options, dictionaryId: 7 });
    equal(zstd.frameInfo(zstd.compressSync(message, { dictionary: named })).dictionaryId, 7);
  });

  test('trainDictionary: what cannot be learned from is refused', async () => {
    const wrong = { code: 'ERR_INVALID_ARGUMENT', kernel: 'zstd' };
    const few = { ...wrong, message: /^samples: expected at least 8 .*, got 3 among 3/ };
    const samples = [1, 2, 3].map((index) => utf8(line(index)));
    throws(() => zstd.trainDictionarySync(samples), few);
    await rejects(zstd.trainDictionary(samples), few);
    throws(() => zstd.trainDictionarySync([]), wrong);
    await rejects(zstd.trainDictionary(utf8('no list') as never), wrong);
    throws(() => zstd.trainDictionarySync([utf8('a'), 'b' as never]), { ...wrong, index: 1 });
    throws(() => zstd.trainDictionarySync(samples, { maxBytes: 511 }), {
      ...wrong,
      message: /maxBytes/,
    });
    throws(() => zstd.trainDictionarySync(samples, { level: 20 }), wrong);
    await rejects(zstd.trainDictionary(samples, { dictionaryId: -1 }), wrong);
    // Nothing in common, nothing but one byte, one large sample among empty ones.
    const noise = Array.from({ length: 40 }, (_, index) =>
      Uint8Array.from({ length: 99 }, (_, at) => (at * at * (index + 3) * 7919) >> 5),
    );
    const zeros = Array.from({ length: 9 }, () => new Uint8Array(100_000));
    for (const strange of [noise, zeros]) {
      const dictionary = zstd.trainDictionarySync(strange, { maxBytes: 2048 });
      const [first] = strange as [Uint8Array];
      const back = zstd.decompressSync(zstd.compressSync(first, { dictionary }), { dictionary });
      equal(back, first);
    }
  });

  test('frameInfo reads the header and nothing else', () => {
    const frame = zstd.compressSync(large);
    const { contentBytes, checksum, skippable, headerBytes } = zstd.frameInfo(
      frame.subarray(0, 18),
    );
    equal([contentBytes, checksum, skippable], [large.length, true, false]);
    ok(headerBytes >= 6 && headerBytes <= 18, `${headerBytes} bytes of header`);
    const unknown = zstd.compressSync(large, { contentSize: false, checksum: false });
    equal(zstd.frameInfo(unknown).contentBytes, undefined);
    throws(() => zstd.frameInfo(frame.subarray(0, 5)), { code: 'ERR_TRUNCATED' });
    throws(() => zstd.frameInfo(utf8('not a frame')), { code: 'ERR_INVALID_DATA' });
  });
};
