import { Checkmark, Copy } from '@carbon/icons-react';
import { IconButton } from '@carbon/react';
import { useState } from 'react';

type CopyIdButtonProps = {
  /** What it is the id of. */
  label: string;
  size: 'sm' | 'md';
  /** Selects the id on the page. */
  select: () => void;
  /** It was copied. */
  onCopied?: (() => void) | undefined;
};

/** Copies an identifier. It is no secret, so it goes the way of any selected text. */
export function CopyIdButton({ label, size, select, onCopied }: CopyIdButtonProps) {
  const [copied, setCopied] = useState(false);

  function copy(): void {
    select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the newer way is switched off in this window
    const done = document.execCommand('copy');
    setCopied(done);
    if (done) onCopied?.();
  }

  return (
    <IconButton
      label={copied ? `${label} copied` : `Copy ${label}`}
      kind="ghost"
      size={size}
      align="left"
      onClick={copy}
      onBlur={() => setCopied(false)}
    >
      {copied ? <Checkmark /> : <Copy />}
    </IconButton>
  );
}
