import { TextInput } from '@carbon/react';
import { useId, useRef } from 'react';
import { CopyIdButton } from './copy-id-button';

/** An identifier to be copied. */
export function IdField({ label, text, onCopied }: { label: string; text: string; onCopied?: () => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="kt-id">
      <TextInput
        ref={field}
        id={id}
        labelText={label}
        readOnly
        value={text}
        onFocus={(event) => event.target.select()}
      />
      <CopyIdButton label={label} size="md" select={() => field.current?.select()} onCopied={onCopied} />
    </div>
  );
}
