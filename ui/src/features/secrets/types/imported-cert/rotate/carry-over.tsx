import { Callout } from '@carbon/react';
import type { Inspection } from '../../../../../ipc/bindings';
import type { PartChanges } from '../parts/use-parts';
import { losesIntermediate, losesKey } from './losses';
import type { Rotation } from './rotation';

type CarryOverProps = { inspection: Inspection; rotation: Rotation; changes: PartChanges };

/** Nothing is carried over by itself: what would be lost is told, and can be taken along. */
export function CarryOver({ inspection, rotation, changes }: CarryOverProps) {
  const { carry_private_key, carry_intermediate } = inspection;
  const withoutKey = losesKey(inspection, rotation);
  const withoutIntermediate = losesIntermediate(inspection, rotation);
  return (
    <>
      {withoutKey && carry_private_key && (
        <Warning
          title="The current version has a private key, and this certificate has the same one."
          text="Without it the new version has no private key."
          action="Use the current private key"
          onAction={() => changes.set('private_key', { source: 'current' })}
        />
      )}
      {withoutKey && !carry_private_key && (
        <Warning title="The current version has a private key, this one has none." />
      )}
      {withoutIntermediate && carry_intermediate && (
        <Warning
          title="The current version has an intermediate certificate, and it also signed this certificate."
          text="Without it the new version has no intermediate certificate."
          action="Use the current intermediate certificate"
          onAction={() => changes.set('intermediate', { source: 'current' })}
        />
      )}
      {withoutIntermediate && !carry_intermediate && (
        <Warning title="The current version has an intermediate certificate, this one has none." />
      )}
    </>
  );
}

type WarningProps = { title: string } & ({ text: string; action: string; onAction: () => void } | { text?: never });

function Warning(props: WarningProps) {
  const said = { kind: 'warning', lowContrast: true, className: 'kt-problem', title: props.title } as const;
  return (
    <div role="alert">
      {props.text === undefined ? (
        <Callout {...said} />
      ) : (
        <Callout
          {...said}
          subtitle={props.text}
          actionButtonLabel={props.action}
          onActionButtonClick={props.onAction}
        />
      )}
    </div>
  );
}
