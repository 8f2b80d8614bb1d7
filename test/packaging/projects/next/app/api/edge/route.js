import * as bytemill from 'bytemill';
import { check } from '../../../src/client.js';

export const runtime = 'edge';

export async function GET(request) {
  const read = async (path) => {
    const response = await fetch(new URL(`/vectors/${path}`, request.url));
    return new Uint8Array(await response.arrayBuffer());
  };
  try {
    return Response.json(await check(bytemill, read));
  } catch (error) {
    return new Response(String(error?.stack ?? error), { status: 500 });
  }
}
