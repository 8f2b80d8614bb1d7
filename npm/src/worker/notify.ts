import type { FromThread } from '../core/messages.js';
import { parent } from './parent.js';

// What the threaded module imports: called from rayon threads, which never return to their event loop. Posting works
// all the same, so that nobody has to wait for a job.

/** A job is done. */
export function notify(job: number): void {
  parent().post({ type: 'notify', job } satisfies FromThread);
}

/** A kernel panicked; the thread is about to trap. */
export function notifyPanic(): void {
  parent().post({ type: 'panic' } satisfies FromThread);
}
