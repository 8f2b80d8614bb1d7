// Engines in processes of their own, so that a file which breaks or hangs one costs that file alone.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { clock } from './clock.mjs';
import { command } from './command.mjs';

/**
 * @typedef {object} Answer
 * @property {'opened' | 'refused' | 'crashed' | 'hung'} status
 * @property {string[]} pages
 * @property {number} [cpuMs] CPU time per page, where it can be told.
 * @property {string} [error]
 */

/** @typedef {{ read: (path: string) => Promise<Answer>, close: () => void }} Lane */

const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url));
const START_MS = 60_000;
/** A Rust program's exit code when it panics. */
const PANIC = 101;

/**
 * A lane over an engine of engines.mjs. Its process starts with the first file, and anew after each that broke it.
 * @param {string} engine
 * @param {{ maxPages: number, limitMs: number }} options
 * @returns {Lane}
 */
export function engineLane(engine, { maxPages, limitMs }) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;

  /**
   * The next message, or how the process ended before it.
   * @param {import('node:child_process').ChildProcess} from
   * @param {number} ms
   * @returns {Promise<any>}
   */
  const message = (from, ms) =>
    new Promise((resolve) => {
      const settle = (/** @type {object} */ answer) => {
        stop();
        from.removeAllListeners();
        resolve(answer);
      };
      const stop = clock(from.pid, ms, () => settle({ status: 'hung', pages: [] }));
      from.once('message', (answer) => settle(/** @type {object} */ (answer)));
      from.once('exit', (code, signal) =>
        settle({ status: 'crashed', pages: [], error: `ended with ${signal ?? code}` }),
      );
    });

  const close = () => {
    child?.kill('SIGKILL');
    child = undefined;
  };

  return {
    async read(path) {
      if (!child) {
        child = fork(worker, [engine], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
        let complaint = '';
        child.stderr?.on('data', (chunk) => {
          complaint = (complaint + chunk).slice(-2000);
        });
        const { status } = await message(child, START_MS);
        if (status !== 'ready') throw new Error(`${engine} does not start: ${complaint.trim()}`);
      }
      child.send({ path, maxPages });
      const answer = await message(child, limitMs);
      if (answer.status === 'hung' || answer.status === 'crashed') close();
      return answer;
    },
    close,
  };
}

/**
 * A lane over a program that prints the pages of a file, form feeds between them. Exit code 0 is a file that it opened.
 * @param {string} line Program and parameters, to which the file's name is added.
 * @param {{ maxPages: number, limitMs: number }} options
 * @returns {Lane}
 */
export function commandLane(line, { maxPages, limitMs }) {
  const [program, ...parameters] = line.split(/\s+/).filter(Boolean);
  return {
    async read(path) {
      const parts = [...parameters, path];
      const { status, code, output, error } = await command(program, parts, limitMs);
      if (status === 'crashed' || status === 'hung') return { status, pages: [], error };
      if (status === 'failed') {
        return { status: code === PANIC ? 'crashed' : 'refused', pages: [], error };
      }
      return { status: 'opened', pages: output.split('\f').slice(0, maxPages) };
    },
    close() {},
  };
}
