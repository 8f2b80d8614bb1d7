import * as bytemill from 'bytemill';
import { checkInPage } from './page.js';

globalThis.bytemill = bytemill;
checkInPage(bytemill);
