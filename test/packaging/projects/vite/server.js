// What a server that renders pages imports.
import * as bytemill from 'bytemill';
import { checkInProcess } from './src/process.js';

await checkInProcess(bytemill);
