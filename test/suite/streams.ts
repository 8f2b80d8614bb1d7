import { equal, isError, ok, rejects, throws } from '../harness/assert.ts';
import { type Suite, text, utf8 } from '../harness/harness.ts';
import { collect, source } from '../harness/streams.ts';

/** The machinery of streams: pieces, pace, ends, failures. What codecs make of it is in their own suites. */
export const streams: Suite = ({ test, selftest }) => {
  const { echoStream, failStream } = selftest;

  test('what is written in pieces is read in order', async () => {
    const pieces = ['one', '', 'two', 'three'].map(utf8);
    equal(text(await collect(source(pieces).pipeThrough(echoStream()))), 'onetwothree');
    const options = { times: 2, prefix: utf8('> ') };
    equal(
      text(await collect(source(pieces).pipeThrough(echoStream(options)))),
      '> oneonetwotwothreethree',
    );
  });

  test('a stream of nothing ends', async () => {
    equal(
      text(await collect(source([]).pipeThrough(echoStream({ prefix: utf8('only') })))),
      'only',
    );
  });

  test('pieces of every size and kind, many streams beside each other', async () => {
    const input = new Uint8Array(300_000).map((_, index) => index % 251);
    const cut = (size: number) =>
      Array.from({ length: Math.ceil(input.length / size) }, (_, index) =>
        input.slice(index * size, index * size + size),
      );
    const sizes = [1009, 65_536, 65_537, 300_000];
    const results = await Promise.all(
      sizes.map((size) => collect(source(cut(size)).pipeThrough(echoStream()))),
    );
    results.forEach((result, index) => {
      equal(result, input, `pieces of ${sizes[index]}`);
    });
    const views = [
      new Uint16Array([0x6261, 0x6463]),
      new DataView(utf8('xyz').buffer as ArrayBuffer, 1),
    ];
    equal(text(await collect(source(views as never).pipeThrough(echoStream()))), 'abcdyz');
  });

  test('the reader sets the pace', async () => {
    // 64 KiB a thousand times over, of which only the beginning is read.
    const { readable, writable } = echoStream({ times: 1000 });
    const writer = writable.getWriter();
    let written = false;
    const write = writer.write(new Uint8Array(1 << 20)).then(
      () => {
        written = true;
      },
      () => {},
    );
    const reader = readable.getReader();
    const first = await reader.read();
    ok(first.value !== undefined && first.value.length > 0, 'something was read');
    await new Promise((resolve) => setTimeout(resolve, 20));
    equal(written, false);
    await reader.cancel('enough');
    await write;
    equal(await writer.write(utf8('more')).catch((reason) => reason), 'enough');
  });

  test('a failure of the kernel errors both sides, and only this stream', async () => {
    const other = echoStream();
    const otherWriter = other.writable.getWriter();
    const otherBytes = collect(other.readable);
    await otherWriter.write(utf8('before '));
    for (const [kind, expected] of [
      ['error', { code: 'ERR_INVALID_DATA', kernel: 'selftest' }],
      ['panic', { code: 'ERR_INTERNAL', message: /forced panic/ }],
    ] as const) {
      const { readable, writable } = echoStream();
      const writer = writable.getWriter();
      const reading = collect(readable).catch((error) => error);
      await writer.write(utf8('fine'));
      await rejects(writer.write(utf8(kind)), expected);
      isError(await reading, expected);
      await rejects(writer.write(utf8('fine')), expected);
    }
    await otherWriter.write(utf8('after'));
    await otherWriter.close();
    equal(text(await otherBytes), 'before after');
  });

  test('aborting and cancelling end a stream', async () => {
    const aborted = echoStream();
    const writer = aborted.writable.getWriter();
    const reading = collect(aborted.readable).catch((error) => error);
    await writer.write(utf8('x'));
    await writer.abort(new Error('stopped'));
    equal(((await reading) as Error).message, 'stopped');
    const controller = new AbortController();
    const piping = collect(
      endless().pipeThrough(echoStream(), { signal: controller.signal }),
    ).catch((error) => error);
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort(new Error('by signal'));
    equal(((await piping) as Error).message, 'by signal');
  });

  test('what is wrong with options and chunks is named', async () => {
    throws(() => echoStream({ times: -1 }), { code: 'ERR_INVALID_ARGUMENT', message: /^times: / });
    throws(() => echoStream({ other: 1 } as never), { code: 'ERR_INVALID_ARGUMENT' });
    const expected = {
      code: 'ERR_INVALID_ARGUMENT',
      message: /^input: expected bytes .* a string|the string/,
    };
    await rejects(
      echoStream()
        .writable.getWriter()
        .write('text' as never),
      expected,
    );
    const unsupported = failStream().writable.getWriter();
    await rejects(unsupported.write(utf8('x')), { code: 'ERR_UNSUPPORTED' });
  });
};

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      controller.enqueue(utf8('tick '));
    },
  });
}
