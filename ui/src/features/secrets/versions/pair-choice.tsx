import { Select, SelectItem } from '@carbon/react';
import type { VersionView } from '../../../ipc/bindings';
import { choicesFor, choiceWords, type VersionPair } from './version-pair';

type PairChoiceProps = {
  pair: VersionPair;
  versions: readonly VersionView[];
  onChange: (pair: VersionPair) => void;
};

/** Which two versions are compared. */
export function PairChoice({ pair, versions, onChange }: PairChoiceProps) {
  function choose(side: keyof VersionPair, id: string): void {
    const version = versions.find(({ metadata }) => metadata.id === id);
    if (version) onChange({ ...pair, [side]: version });
  }

  return (
    <div className="kt-compare__choice">
      <VersionSelect side="older" pair={pair} versions={versions} onChoose={choose} />
      <VersionSelect side="newer" pair={pair} versions={versions} onChoose={choose} />
    </div>
  );
}

type VersionSelectProps = {
  side: keyof VersionPair;
  pair: VersionPair;
  versions: readonly VersionView[];
  onChoose: (side: keyof VersionPair, id: string) => void;
};

const names = { older: 'Older version', newer: 'Newer version' } as const;

function VersionSelect({ side, pair, versions, onChoose }: VersionSelectProps) {
  return (
    <Select
      id={`kt-compare-${side}`}
      labelText={names[side]}
      value={pair[side].metadata.id}
      onChange={({ target }) => onChoose(side, target.value)}
      {...(side === 'older' ? { 'data-modal-primary-focus': '' } : {})}
    >
      {choicesFor(side, pair, versions).map((choice) => (
        <SelectItem
          key={choice.version.number}
          value={choice.version.metadata.id}
          text={choiceWords(choice)}
          disabled={choice.hindrance !== null}
        />
      ))}
    </Select>
  );
}
