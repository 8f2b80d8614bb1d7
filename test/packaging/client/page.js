import { check } from './client.js';

/** In a page: the files come from the server, and whoever drives the page reads `outcome`. */
export function checkInPage(bytemill) {
  const read = async (path) => {
    const response = await fetch(`/vectors/${path}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  return report(check(bytemill, read));
}

/** Leaves what became of it where a test driver finds it. */
export async function report(work) {
  globalThis.outcome = await Promise.resolve(work).then(
    (facts) => ({ facts }),
    (error) => ({ error: String(error?.stack ?? error) }),
  );
}
