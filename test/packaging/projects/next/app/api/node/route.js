import { readFile } from 'node:fs/promises';
import * as bytemill from 'bytemill';
import { check } from '../../../src/client.js';

export const dynamic = 'force-dynamic';

export async function GET() {
  const read = async (path) => new Uint8Array(await readFile(`public/vectors/${path}`));
  try {
    return Response.json(await check(bytemill, read));
  } catch (error) {
    return new Response(String(error?.stack ?? error), { status: 500 });
  }
}
