import { blake3HexSync } from 'bytemill/hash';
import { blake3Hex } from 'bytemill/hash/inline';
import { thumbnail } from 'bytemill/image';

const digest: string = blake3HexSync(new Uint8Array(3));
const small: Uint8Array = await thumbnail(new Uint8Array(3), { width: 3 });
// @ts-expect-error: an input is bytes
await blake3Hex(digest + small.length);
