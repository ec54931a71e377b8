import { Checkmark, Copy } from '@carbon/icons-react';
import { IconButton, TextInput } from '@carbon/react';
import { useId, useRef, useState } from 'react';

/** An identifier to be copied. It is no secret, so it goes the way of any selected text. */
export function IdField({ label, text }: { label: string; text: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  function copy(): void {
    field.current?.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the newer way is switched off in this window
    setCopied(document.execCommand('copy'));
  }

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
      <IconButton
        label={copied ? `${label} copied` : `Copy ${label}`}
        kind="ghost"
        size="md"
        align="left"
        onClick={copy}
      >
        {copied ? <Checkmark /> : <Copy />}
      </IconButton>
    </div>
  );
}
