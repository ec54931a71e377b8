import { Add, Edit, Subtract, type CarbonIconType } from '@carbon/icons-react';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@carbon/react';
import { memo } from 'react';
import type { KeyChange, KeyComparison, KeyDifference, ShownKey } from '../../../ipc/bindings';
import { ComparedValue } from './compared-value';
import { ScrollRegion } from './scroll-region';

type KeyTableProps = { entries: KeyComparison<KeyDifference | ShownKey>['entries'] };

const changes: Record<KeyChange, { word: string; icon: CarbonIconType }> = {
  added: { word: 'Added', icon: Add },
  removed: { word: 'Removed', icon: Subtract },
  changed: { word: 'Changed', icon: Edit },
};

/** What differs between two objects, a row each. */
export const KeyTable = memo(function KeyTable({ entries }: KeyTableProps) {
  return (
    <ScrollRegion label="Differences">
      <Table aria-label="Differences" size="sm" className="kt-compare__keys">
        <TableHead>
          <TableRow>
            <TableHeader>Key</TableHeader>
            <TableHeader>Change</TableHeader>
            <TableHeader>Before</TableHeader>
            <TableHeader>After</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody aria-live="off">
          {entries.map((entry, place) => (
            // two very long paths may read the same, cut as they are
            <KeyRow key={`${place} ${entry.path}`} entry={entry} />
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
});

function KeyRow({ entry }: { entry: KeyDifference | ShownKey }) {
  const { path, change } = entry;
  const { word, icon: Icon } = changes[change];
  const shown = 'cut' in entry ? entry : null;
  return (
    <TableRow>
      <TableCell>
        <span className="kt-compare__path">{path}</span>
        {shown?.cut && <span className="kt-compare__note">Longer than what is shown</span>}
      </TableCell>
      <TableCell>
        <span className={`kt-compare__change kt-compare__change--${change}`}>
          <Icon aria-hidden="true" /> {word}
        </span>
      </TableCell>
      <TableCell>
        <ComparedValue exists={change !== 'added'} text={shown?.old ?? null} />
      </TableCell>
      <TableCell>
        <ComparedValue exists={change !== 'removed'} text={shown?.new ?? null} />
      </TableCell>
    </TableRow>
  );
}
