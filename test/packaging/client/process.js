import { readFile } from 'node:fs/promises';
import { check } from './client.js';

/** In Node, Bun and Deno: prints what `check` found. */
export async function checkInProcess(bytemill) {
  const read = async (path) => new Uint8Array(await readFile(`public/vectors/${path}`));
  console.log(JSON.stringify(await check(bytemill, read)));
}
