// What only zstd has: dictionaries of either side, frames in parts, seekable files, streams, long windows.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TRAINED = 600;

/** The tests by name. */
export function zstdOnly({ bytemill, run, same, files, messages }) {
  const { zstd } = bytemill;
  const cli = (...args) => run('zstd', ['-q', '-f', '-k', ...args.slice(0, -1)], args.at(-1));
  const read = (folder, file) => new Uint8Array(readFileSync(join(folder, file)));
  const large = new Uint8Array(Buffer.concat(Array.from({ length: 12 }, () => files.get('mixed'))));
  const [learned, unseen] = [messages(TRAINED, 1), messages(40, 2)];

  /** Messages through a dictionary, ours to theirs and theirs to ours. */
  function exchange(dictionary, folder) {
    writeFileSync(join(folder, 'dictionary'), dictionary);
    const plain = zstd.compressBatchSync(unseen).reduce((sum, frame) => sum + frame.length, 0);
    for (const level of [-5, 1, 3, 9, 19]) {
      const frames = zstd.compressBatchSync(unseen, { level, dictionary });
      const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
      if (bytes > plain * 0.6) throw new Error(`level ${level}: ${bytes} of ${plain} bytes`);
      const names = unseen.map((_, index) => `message.${level}.${index}`);
      names.forEach((name, index) => {
        writeFileSync(join(folder, `${name}.zst`), frames[index]);
      });
      cli('-d', '-D', 'dictionary', ...names.map((name) => `${name}.zst`), folder);
      names.forEach((name, index) => {
        same(readFileSync(join(folder, name)), unseen[index], `message ${index} at ${level}`);
      });
      const asked = level < 0 ? `--fast=${-level}` : `-${level}`;
      cli(asked, '-D', 'dictionary', ...names, folder);
      const theirs = names.map((name) => read(folder, `${name}.zst`));
      zstd.decompressBatchSync(theirs, { dictionary }).forEach((message, index) => {
        same(message, unseen[index], `their message ${index} at ${level}`);
      });
    }
  }

  /** Ours, decompressed by the command. */
  function decompressed(frame, folder) {
    writeFileSync(join(folder, 'ours.zst'), frame);
    cli('-d', 'ours.zst', folder);
    return readFileSync(join(folder, 'ours'));
  }

  return {
    'a dictionary trained here': (folder) =>
      exchange(zstd.trainDictionarySync(learned, { maxBytes: 8192 }), folder),
    'a dictionary trained there': (folder) => {
      const names = learned.map((message, index) => {
        writeFileSync(join(folder, `sample.${index}`), message);
        return `sample.${index}`;
      });
      cli('--train', ...names, '--maxdict=8192', '-o', 'trained', folder);
      exchange(read(folder, 'trained'), folder);
    },
    'a dictionary trained here at every level': (folder) => {
      for (const level of [-7, 1, 6, 12, 19]) {
        writeFileSync(
          join(folder, 'dictionary'),
          zstd.trainDictionarySync(learned, {
            maxBytes: 4096,
            level,
            dictionaryId: 40_000 + level,
          }),
        );
        writeFileSync(join(folder, 'message'), unseen[0]);
        cli(`-${Math.max(level, 1)}`, '-D', 'dictionary', 'message', folder);
        const frame = read(folder, 'message.zst');
        if (zstd.frameInfo(frame).dictionaryId !== 40_000 + level) throw new Error('another id');
        same(zstd.decompressSync(frame, { dictionary: read(folder, 'dictionary') }), unseen[0], '');
      }
    },
    'a seekable file': async (folder) => {
      const file = await zstd.compress(large, { parallel: 'seekable', partBytes: 1 << 18 });
      same(decompressed(file, folder), large, 'all of it');
      const part = await zstd.decompressRange(file, { offset: 300_000, length: 700_000 });
      same(part, large.subarray(300_000, 1_000_000), 'a range');
    },
    'a frame in parts': async (folder) => {
      const frame = await zstd.compress(large, { parallel: 'ratio', partBytes: 1 << 18 });
      same(decompressed(frame, folder), large, 'all of it');
    },
    'a stream of ours': async (folder) => {
      const stream = new Blob([large]).stream().pipeThrough(zstd.compressStream({ level: 5 }));
      const frame = new Uint8Array(await new Response(stream).arrayBuffer());
      same(decompressed(frame, folder), large, 'all of it');
    },
    'a stream of theirs, without its size, with a long window': (folder) => {
      const args = ['-q', '-c', '--long=27', '--no-check'];
      const frame = new Uint8Array(run('zstd', args, folder, large));
      same(zstd.decompressSync(frame), large, 'all of it');
    },
    'several frames and a skippable one': (folder) => {
      const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
      const text = files.get('text');
      const frame = zstd.compressSync(text);
      const file = Buffer.concat([frame, skippable, frame]);
      same(decompressed(file, folder), Buffer.concat([text, text]), 'all of it');
    },
  };
}
