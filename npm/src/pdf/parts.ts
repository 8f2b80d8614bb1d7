import type { Item } from '../core/item.js';
import { Cursor } from './cursor.js';
import { type Rect, readRect } from './text.js';

/** A file inside a document. */
export interface Attachment {
  /** Its name. Nothing keeps it from being a path that leads out of a folder: do not write to it unseen. */
  readonly name: string;
  readonly description: string | undefined;
  /** Its media type, as the document has it. */
  readonly mediaType: string | undefined;
  /** As stored, such as `'D:20260131120000Z'`. */
  readonly creationDate: string | undefined;
  readonly modificationDate: string | undefined;
  /** The page that it is attached to, counted from 1; undefined where it belongs to the document. */
  readonly page: number | undefined;
  /** Whether it is what its checksum says; undefined where there is none. */
  readonly intact: boolean | undefined;
  readonly data: Uint8Array;
}

/** A place on a page that shows a field. */
export interface FieldWidget {
  /** The page, counted from 1; undefined where it is on none. */
  readonly page: number | undefined;
  readonly rect: Rect;
  /** The value of a check box or radio button when this one is on. */
  readonly onValue: string | undefined;
  /** Whether it is on. */
  readonly checked: boolean;
}

/** A field of a form. */
export interface FormField {
  /** Its full name, parts apart by periods. */
  readonly name: string;
  /** What people are shown as its name. */
  readonly label: string | undefined;
  readonly type:
    | 'text'
    | 'button'
    | 'checkbox'
    | 'radio'
    | 'list'
    | 'combo'
    | 'signature'
    | 'unknown';
  /** Its value, or several in a list with several chosen. */
  readonly values: readonly string[];
  readonly defaults: readonly string[];
  /** What can be chosen. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly multiline: boolean;
  readonly password: boolean;
  /** All flags, as stored (ISO 32000-1, tables 221 to 230). */
  readonly flags: number;
  /** Longest text, in characters. */
  readonly maxLength: number | undefined;
  readonly widgets: readonly FieldWidget[];
}

const TYPES = [
  'text',
  'button',
  'checkbox',
  'radio',
  'list',
  'combo',
  'signature',
  'unknown',
] as const;

/** For `pdf.attachments`. */
export function attachmentsOf(item: Item): Attachment[] {
  const cursor = new Cursor(item);
  return cursor.list(() => {
    const names = {
      name: cursor.text(),
      description: cursor.optionalText(),
      mediaType: cursor.optionalText(),
      creationDate: cursor.optionalText(),
      modificationDate: cursor.optionalText(),
      page: cursor.optional(),
    };
    const intact = cursor.optional();
    const data = cursor.bytes();
    return { ...names, intact: intact === undefined ? undefined : intact === 1, data };
  });
}

/** For `pdf.formFields`. */
export function fieldsOf(item: Item): FormField[] {
  const cursor = new Cursor(item);
  const texts = () => cursor.list(() => cursor.text());
  return cursor.list(() => ({
    name: cursor.text(),
    label: cursor.optionalText(),
    type: cursor.choice(TYPES),
    values: texts(),
    defaults: texts(),
    options: cursor.list(() => ({ value: cursor.text(), label: cursor.text() })),
    readOnly: cursor.flag(),
    required: cursor.flag(),
    multiline: cursor.flag(),
    password: cursor.flag(),
    flags: cursor.number(),
    maxLength: cursor.optional(),
    widgets: cursor.list(() => ({
      page: cursor.optional(),
      rect: readRect(cursor),
      onValue: cursor.optionalText(),
      checked: cursor.flag(),
    })),
  }));
}
