// A process with one engine: answers the name of a file with the text of its first pages. See pool.mjs.

import { readFileSync } from 'node:fs';
import { engines, isCrash } from './engines.mjs';

const send = (/** @type {object} */ message) => process.send?.(message);

const read = await engines[process.argv[2]].load();

process.on(
  'message',
  async (/** @type {{ path: string, maxPages: number }} */ { path, maxPages }) => {
    const bytes = new Uint8Array(readFileSync(path));
    const before = process.cpuUsage();
    try {
      const { pages, done } = await read(bytes, maxPages);
      const { user, system } = process.cpuUsage(before);
      send({ status: 'opened', pages, cpuMs: (user + system) / 1000 / Math.max(done, 1) });
    } catch (error) {
      const status = isCrash(error) ? 'crashed' : 'refused';
      send({ status, pages: [], error: error instanceof Error ? error.message : `${error}` });
    }
  },
);
// pdf.js has promises that nobody waits for; what they say of a file is not the end of the engine.
process.on('unhandledRejection', () => {});
process.on('disconnect', () => process.exit(0));
send({ status: 'ready' });
