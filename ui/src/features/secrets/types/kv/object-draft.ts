import { emptyValue, valueMissing, type ValueDraft } from '../../fields/value';
import type { Missing } from '../secret-type';
import { data } from './data';
import { isWritten, newTable, tableBeside, type TableDraft } from './table/table-draft';

/**
 * An object while it is entered. Table and JSON are two views of the same text, which alone is sent;
 * whoever sets it anew need not care about the table.
 */
export type ObjectDraft = ValueDraft & {
  view: 'table' | 'json';
  /** Whether values can be read while they are entered. */
  shown: boolean;
  table: TableDraft;
};

export const emptyObject: ObjectDraft = { ...emptyValue, view: 'table', shown: data.readable, table: newTable };

/** What is still missing. What the table shows must not be something else than what is sent. */
export function objectMissing(draft: ObjectDraft): Missing {
  const { source, view, text, table } = draft;
  const isTable = source === 'text' && view === 'table';
  if (isTable && text.trim() === '') return { field: data.field, message: 'Add a key, or select a file.' };
  if (isTable && !isWritten(tableBeside(text, table))) {
    return { field: data.field, message: 'Correct the marked fields of the table first.' };
  }
  return valueMissing(data, draft);
}
