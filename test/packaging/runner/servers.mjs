// Servers that a tool brings.
import { createServer } from 'node:net';
import { start, stop } from './workspace.mjs';

/** Starts a project's server, which `command` makes for a free port, waits until it answers, and ends it. */
export async function withServer(folder, command, use) {
  const port = await freePort();
  const { words, env } = command(port);
  const child = start(folder, words, env);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  const origin = `http://127.0.0.1:${port}`;
  try {
    const end = Date.now() + 60_000;
    const answers = () =>
      fetch(origin).then(
        () => true,
        () => false,
      );
    while (!(await answers())) {
      if (Date.now() > end || child.exitCode !== null)
        throw new Error('the server does not answer');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await use(origin);
  } catch (error) {
    throw new Error(`${error.message}\n${said.slice(-3000)}`, { cause: error });
  } finally {
    stop(child);
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
