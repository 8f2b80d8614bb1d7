import { initSync, wbg_rayon_start_worker } from 'bytemill:glue';
import type { FromHost, FromThread, ThreadStart, ToHost } from '../core/messages.js';
import { Host } from './host.js';
import { parent, setParent } from './parent.js';
import { connect } from './port.js';

// One script, two parts: the host of a threaded twin, and the rayon threads that the host starts.

let host: Host | undefined;

setParent(
  connect((message) => {
    const order = message as ToHost | ThreadStart;
    if (order.type === 'thread') becomeThread(order);
    else if (order.type === 'start') {
      host = new Host(order.module, order, (reply: FromHost, transfer) =>
        parent().post(reply, transfer),
      );
      host.start(order.threads);
    } else host?.receive(order);
  }),
);
parent().post({ type: 'listening' } satisfies FromHost & FromThread);

/** Runs rayon's loop; it ends only with the worker. */
function becomeThread({ module, memory, stackBytes, receiver }: ThreadStart): void {
  initSync({ module, memory, thread_stack_size: stackBytes });
  parent().post({ type: 'started' } satisfies FromThread);
  wbg_rayon_start_worker(receiver);
}
