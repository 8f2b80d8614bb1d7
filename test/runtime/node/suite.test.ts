// Runs the suite under node:test. BYTEMILL_TEST_BACKEND says which backend it is for.
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import * as bytemill from 'bytemill';
import * as selftest from 'bytemill/selftest';
import type { Context } from '../../harness/harness.ts';
import { suites } from '../../suite/all.ts';

const backend = (process.env['BYTEMILL_TEST_BACKEND'] ?? 'wasm') as Context['backend'];
const vectors = new URL('../../vectors/', import.meta.url);

bytemill.configure({ backend });
if (bytemill.info().backend !== backend)
  throw new Error(`no ${backend}: ${bytemill.info().notices.join('; ')}`);

for (const [name, suite] of Object.entries(suites)) {
  describe(`${name} on ${backend}`, () => {
    suite({
      bytemill,
      selftest,
      backend,
      runtime: 'node',
      test: (title, body) => void test(title, body),
      readVector: async (path) => new Uint8Array(await readFile(new URL(path, vectors))),
    });
  });
}
