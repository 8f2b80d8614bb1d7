import * as bytemill from 'bytemill/inline';
import { checkInPage } from './page.js';

checkInPage(bytemill);
