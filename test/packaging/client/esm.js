import * as bytemill from 'bytemill';
import { checkInProcess } from './process.js';

await checkInProcess(bytemill);
