import * as bytemill from 'bytemill/inline';
import { checkInProcess } from './process.js';

await checkInProcess(bytemill);
