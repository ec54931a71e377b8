import { Add } from '@carbon/icons-react';
import { useId } from 'react';
import { useLostFocus } from '../../../components/use-lost-focus';
import { WriteButton } from '../../../components/write-button';

/**
 * **Create lock**, above the locks or where they would stand. With the first lock and the last one it
 * moves from one place to the other, and the focus with it.
 */
export function CreateButton({ hindrance, onCreate }: { hindrance: string | null; onCreate: () => void }) {
  const reason = useId();
  const button = useLostFocus<HTMLButtonElement>();
  return (
    <div>
      <WriteButton
        ref={button}
        data-create-lock=""
        size="md"
        renderIcon={Add}
        disabled={hindrance !== null}
        title={hindrance ?? undefined}
        aria-describedby={hindrance === null ? undefined : reason}
        onClick={onCreate}
      >
        Create lock
      </WriteButton>
      {hindrance !== null && (
        <p id={reason} className="kt-locks__reason">
          {hindrance}
        </p>
      )}
    </div>
  );
}
