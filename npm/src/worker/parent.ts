import type { ParentPort } from './port.js';

let port: ParentPort | undefined;

/** Remembers who started this worker. */
export function setParent(to: ParentPort): void {
  port = to;
}

/** Whoever started this worker. */
export function parent(): ParentPort {
  if (!port) throw new Error('the worker is not connected yet');
  return port;
}
