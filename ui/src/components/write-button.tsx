import { Button } from '@carbon/react';
import { useId, type ComponentProps, type Ref } from 'react';
import { useOfflineReason } from '../ipc/instances';

type WriteButtonProps = ComponentProps<typeof Button<'button'>> & {
  /** Why it cannot be done now, besides that the instance does not answer. */
  hindrance?: string | null;
  ref?: Ref<HTMLButtonElement>;
};

/** A button for what changes the instance: out of order, with the reason, while that does not answer. */
export function WriteButton({ hindrance = null, ...button }: WriteButtonProps) {
  const id = useId();
  const reason = useOfflineReason() ?? hindrance;
  if (reason === null) return <Button {...button} />;
  return (
    <>
      <Button {...button} disabled title={reason} aria-describedby={id} />
      <span id={id} className="cds--visually-hidden">
        {reason}
      </span>
    </>
  );
}
