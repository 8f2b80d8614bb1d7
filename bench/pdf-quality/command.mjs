// Other programs, held to a time and an amount of output.

import { spawn } from 'node:child_process';
import { clock } from './clock.mjs';

const MAX_OUTPUT_BYTES = 64 << 20;

/**
 * @typedef {object} Ended
 * @property {'done' | 'failed' | 'crashed' | 'hung'} status By exit code 0, another one, a signal, or the clock.
 * @property {string} output Of standard output, what came before the end.
 * @property {number | null} code
 * @property {string} error The last line of standard error.
 */

/**
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {number} limitMs Of CPU time.
 * @returns {Promise<Ended>}
 */
export function command(program, parameters, limitMs) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const chunks = [];
    let bytes = 0;
    let complaint = '';
    let hung = false;
    const stop = clock(child.pid, limitMs, () => {
      hung = true;
      child.kill('SIGKILL');
    });
    child.stdout.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes <= MAX_OUTPUT_BYTES) chunks.push(chunk);
    });
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk.toString('latin1')).slice(-500);
    });
    child.on('error', (error) => {
      stop();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stop();
      const output = Buffer.concat(chunks).toString('utf8');
      const error = complaint.trim().split('\n').at(-1) ?? '';
      const ending = signal ? 'crashed' : code === 0 ? 'done' : 'failed';
      resolve({ status: hung ? 'hung' : ending, output, code, error });
    });
  });
}

/**
 * Does something with each of a list, some at a time.
 * @template T
 * @param {readonly T[]} list
 * @param {number} lanes How many at a time.
 * @param {(one: T, lane: number) => Promise<void>} work
 */
export async function each(list, lanes, work) {
  let next = 0;
  const run = async (/** @type {number} */ lane) => {
    while (next < list.length) await work(list[next++], lane);
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
}
