import { equal, rejects } from '../harness/assert.ts';
import { inAllShapes, type Suite, shapes, utf8 } from '../harness/harness.ts';

/** What the dedup kernel promises. */
export const dedup: Suite = ({ test, bytemill }) => {
  test('dedup: all shapes agree', async () => {
    const outcomes = await inAllShapes(shapes(bytemill.dedup, 'run'), utf8('abc'));
    for (const outcome of Object.values(outcomes)) equal(outcome, { status: 'fulfilled', value: utf8('cba') });
  });

  test('dedup: the limit holds', async () => {
    const call = bytemill.dedup.run(utf8('abc'), { maxOutputBytes: 2 });
    await rejects(call, { code: 'ERR_LIMIT_EXCEEDED', limit: 'maxOutputBytes', kernel: 'dedup' });
  });
};
