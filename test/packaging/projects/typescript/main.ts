// Types as a strict project sees them; compiled for every kind of resolution, never run.
import { readFile } from 'node:fs/promises';
import {
  BytemillError,
  close,
  configure,
  type ErrorCode,
  hash,
  image,
  info,
  pdf,
  zstd,
} from 'bytemill';
import { blake3Hex, blake3HexSync } from 'bytemill/hash';
import { thumbnail } from 'bytemill/image';
import { hash as native } from 'bytemill/native';
import { extractText } from 'bytemill/pdf';
import { compressBatch, decompressBatchSync } from 'bytemill/zstd';

export async function main(): Promise<void> {
  configure({ concurrency: 2 });
  const bytes = await readFile('photo.jpg');
  const digest: string = blake3HexSync(bytes, { key: new Uint8Array(32) });
  const small: Uint8Array = await thumbnail(bytes, { width: 320, timeoutMs: 1000 });
  const frames: Uint8Array[] = await compressBatch([bytes, small], { level: 1 });
  const settled: PromiseSettledResult<Uint8Array>[] = await zstd.decompressBatch(frames, {
    settle: true,
  });
  const back: Uint8Array[] = decompressBatchSync(frames);
  const text: string = await extractText(bytes.buffer as ArrayBuffer, { firstPage: 1 });
  const { width }: { width: number } = image.metadataSync(small);
  const { pageCount } = pdf.infoSync(bytes);
  try {
    await hash.blake3(bytes, { signal: AbortSignal.timeout(10) });
  } catch (error) {
    if (error instanceof BytemillError) {
      const code: ErrorCode = error.code;
      console.log(code, error.index);
    }
  }
  // @ts-expect-error: a width is a number
  await thumbnail(bytes, { width: '320' });
  // @ts-expect-error: there is no such option
  zstd.compressSync(bytes, { levels: 1 });
  // @ts-expect-error: an input is bytes
  hash.blake3HexSync('text');
  await zstd.ready();
  console.log(
    digest,
    settled,
    back,
    text,
    width,
    pageCount,
    info().notices,
    await blake3Hex(bytes),
  );
  console.log(native.blake3HexSync(bytes));
  await close();
}
