// Runs the suite in workerd: one request, one report.
import * as bytemill from 'bytemill';
import * as selftest from 'bytemill/selftest';
import { runSuites } from '../../harness/runner.ts';

interface Bindings {
  /** The folder test/vectors. */
  readonly VECTORS: { fetch(address: string): Promise<Response> };
}

const callerOnly = 'this runtime has no workers: kernels run on the calling thread';

export default {
  async fetch(_request: Request, { VECTORS }: Bindings): Promise<Response> {
    const report = await runSuites({
      bytemill,
      selftest,
      backend: 'wasm',
      runtime: 'workerd',
      cores: 1,
      sharing: false,
      lacks: {
        beside: callerOnly,
        stop: callerOnly,
        debug: 'modules are imported here, and debug builds only found by name',
      },
      readVector: async (path) =>
        new Uint8Array(await (await VECTORS.fetch(`http://vectors/${path}`)).arrayBuffer()),
    });
    return Response.json(report);
  },
};
