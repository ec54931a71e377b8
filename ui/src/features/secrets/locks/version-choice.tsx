import { RadioButton, RadioButtonGroup } from '@carbon/react';
import type { VersionAlias, VersionView } from '../../../ipc/bindings';
import { aliasWords, lockHindrance, versionOf } from './lock-facts';

type VersionChoiceProps = {
  versions: readonly VersionView[];
  alias: VersionAlias;
  onChange: (alias: VersionAlias) => void;
};

const order: readonly VersionAlias[] = ['current', 'previous'];

/** **Version to lock**. One that takes no lock says why. */
export function VersionChoice({ versions, alias, onChange }: VersionChoiceProps) {
  return (
    <div>
      <RadioButtonGroup
        name="kt-lock-version"
        legendText="Version to lock"
        valueSelected={alias}
        onChange={(value) => onChange(value as VersionAlias)}
      >
        {order.map((each) => {
          const hindrance = lockHindrance(versions, each);
          const number = versionOf(versions, each)?.number;
          return (
            <RadioButton
              key={each}
              id={`kt-lock-version-${each}`}
              value={each}
              labelText={number === undefined ? aliasWords[each] : `${aliasWords[each]} (version ${number})`}
              disabled={hindrance !== null}
              {...(hindrance === null ? {} : { 'aria-describedby': reasonId(each) })}
            />
          );
        })}
      </RadioButtonGroup>
      {order.map((each) => {
        const hindrance = lockHindrance(versions, each);
        if (hindrance === null) return null;
        return (
          <p key={each} id={reasonId(each)} className="kt-locks__reason">
            {aliasWords[each]}: {hindrance}
          </p>
        );
      })}
    </div>
  );
}

function reasonId(alias: VersionAlias): string {
  return `kt-lock-version-${alias}-reason`;
}
