import { checkValue, sentence } from '../../fields/checks';
import { FileValue } from '../../fields/file-value';
import { TypedValue } from '../../fields/typed-value';
import { useCheck } from '../../fields/use-check';
import { valueError } from '../../fields/value';
import { ValueWays } from '../../fields/value-ways';
import type { DraftProps } from '../secret-type';
import { data } from './data';
import type { ObjectDraft } from './object-draft';
import { ObjectTable } from './table/object-table';

const ways = { file: 'Select a file', table: 'Edit as table', json: data.enter };

/** A JSON object by file or by hand; a fault of what is typed is told by line and column. */
export function DataField({ draft, onChange, error }: DraftProps<ObjectDraft>) {
  const { source, view, file, text, shown } = draft;
  const check = useCheck(text, (typed) => checkValue(data, typed));
  const fault = valueError(data, error) ?? (source === 'text' ? sentence(check.problem) : undefined);
  const way = source === 'file' ? 'file' : view;
  const change = (part: Partial<ObjectDraft>) => onChange({ ...draft, ...part });
  return (
    <ValueWays
      title={data.title}
      ways={ways}
      way={way}
      onChange={(chosen) => change(chosen === 'file' ? { source: 'file' } : { source: 'text', view: chosen })}
    >
      {way === 'file' && (
        <FileValue file={file} onChange={(picked) => change({ file: picked })} kind={data} error={fault} />
      )}
      {way === 'json' && (
        <TypedValue
          text={text}
          onChange={(typed) => change({ text: typed })}
          kind={data}
          error={fault}
          shown={shown}
          onShow={(show) => change({ shown: show })}
        />
      )}
      {way === 'table' && (
        <ObjectTable draft={draft} onChange={change} error={fault} />
      )}
    </ValueWays>
  );
}
