import { Checkmark, Copy } from '@carbon/icons-react';
import { IconButton } from '@carbon/react';
import { useRef, useState } from 'react';

type CopyableIdProps = {
  /** What it is the id of, for the button's name. */
  label: string;
  text: string;
};

/** An identifier within a table, to be copied. It is no secret, so it goes the way of any selected text. */
export function CopyableId({ label, text }: CopyableIdProps) {
  const id = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);

  function copy(): void {
    if (!id.current) return;
    window.getSelection()?.selectAllChildren(id.current);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the newer way is switched off in this window
    setCopied(document.execCommand('copy'));
  }

  return (
    <span className="kt-copyable">
      <code ref={id}>{text}</code>
      <IconButton
        label={copied ? `${label} copied` : `Copy ${label}`}
        kind="ghost"
        size="sm"
        align="left"
        onClick={copy}
        onBlur={() => setCopied(false)}
      >
        {copied ? <Checkmark /> : <Copy />}
      </IconButton>
    </span>
  );
}
