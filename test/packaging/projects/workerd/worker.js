// An edge function: makes thumbnails, extracts the text of documents, and checks every family.
import * as bytemill from 'bytemill';
import { thumbnail } from 'bytemill/image';
import { extractText } from 'bytemill/pdf';
import { check } from './src/client.js';

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    try {
      if (pathname === '/thumbnail') {
        const small = await thumbnail(await request.arrayBuffer(), { width: 320 });
        return new Response(small, { headers: memory() });
      }
      if (pathname === '/text') {
        const text = await extractText(await request.arrayBuffer());
        return new Response(text, { headers: memory() });
      }
      const files = await request.json();
      const read = async (path) => Uint8Array.from(atob(files[path]), (c) => c.charCodeAt(0));
      return Response.json(await check(bytemill, read));
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};

/** Bytes of wasm memory that the isolate holds. */
function memory() {
  const bytes = Object.values(bytemill.info().memoryBytes).reduce((sum, size) => sum + size, 0);
  return { 'X-Memory-Bytes': String(bytes) };
}
