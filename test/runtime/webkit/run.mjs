// WebKit as Debian packages it: its own small browser, on a display that nobody sees.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { browserPlaces } from '../browser/run.mjs';

/** Starts an X server without a screen. */
async function startDisplay() {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', '800x600x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const stop = () => server.kill();
  process.once('exit', stop);
  const [number] = await Promise.race([
    once(server.stdout, 'data'),
    once(server, 'close').then(() => Promise.reject(new Error('Xvfb ended before it was ready'))),
  ]);
  return {
    name: `:${String(number).trim()}`,
    async close() {
      process.off('exit', stop);
      const closed = once(server, 'close');
      stop();
      await closed;
    },
  };
}

/** The places that WebKitGTK makes. */
export function webkitPlaces(path) {
  const version = path.match(/webkit[^/]*-([\d.]+)/)?.[1] ?? '';
  const places = browserPlaces(`WebKitGTK ${version}`.trim(), async (address, profile) => {
    const display = await startDisplay();
    return {
      program: path,
      args: ['--private', address],
      env: {
        DISPLAY: display.name,
        XDG_CACHE_HOME: profile,
        XDG_CONFIG_HOME: profile,
        XDG_DATA_HOME: profile,
        // Safari has SharedArrayBuffer in isolated pages; WebKitGTK does when it is told to.
        JSC_useSharedArrayBuffer: new URL(address).searchParams.get('isolated') ?? 'false',
      },
      close: display.close,
    };
  });
  // Not every machine has it, and the suite takes minutes there: terminating a worker ends no wasm loop, as in Bun.
  return places.map((place) => ({ ...place, long: true, aside: true }));
}
