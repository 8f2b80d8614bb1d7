import { readFile } from 'node:fs/promises';
import * as bytemill from 'bytemill';
import { expect, test } from 'vitest';
import { check } from './src/client.js';

// Busy machines are not what is tested here.
const options = { timeout: 60_000 };

test('every family works', options, async () => {
  const read = async (path) => new Uint8Array(await readFile(`public/vectors/${path}`));
  const facts = await check(bytemill, read);
  expect(facts.notices).toEqual([]);
  expect(facts.workers).toBeGreaterThan(0);
});
