import { Checkmark, Copy } from '@carbon/icons-react';
import { Button } from '@carbon/react';
import { useState } from 'react';

type CopyButtonProps = {
  /** What is copied. */
  label: string;
  /** Selects it on the page. */
  select: () => void;
};

/** **Copy** of a longer text that is no secret, so it goes the way of any selected text. */
export function CopyButton({ label, select }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  function copy(): void {
    select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the newer way is switched off in this window
    setCopied(document.execCommand('copy'));
  }

  return (
    <Button
      kind="ghost"
      size="sm"
      renderIcon={copied ? Checkmark : Copy}
      aria-label={`${copied ? 'Copied' : 'Copy'} ${label}`}
      onClick={copy}
      onBlur={() => setCopied(false)}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
