'use client';

// Uses one family: nothing of another may be loaded.
import { hash } from 'bytemill';
import { useEffect } from 'react';
import { report } from '../../src/page.js';

export default function Page() {
  useEffect(() => {
    const abc = new TextEncoder().encode('abc');
    const loaded = () => performance.getEntriesByType('resource').map(({ name }) => name);
    report(hash.blake3Hex(abc).then((digest) => ({ digest, loaded: loaded() })));
  }, []);
  return <p>one</p>;
}
