'use client';

import * as bytemill from 'bytemill';
import { useEffect } from 'react';
import { checkInPage } from '../src/page.js';

export default function Page() {
  useEffect(() => {
    checkInPage(bytemill);
  }, []);
  return <p>bytemill {bytemill.info().version}</p>;
}
