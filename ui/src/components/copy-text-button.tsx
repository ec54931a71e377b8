import { Checkmark, Copy } from '@carbon/icons-react';
import { Button, IconButton } from '@carbon/react';
import { useRef, useState } from 'react';

type CopyTextButtonProps = {
  /** What is copied, for the name of the button. */
  label: string;
  text: string;
  /** Shows the name beside the icon. */
  wide?: boolean;
  disabled?: boolean;
};

/** Copies a text that stands nowhere on the page as a whole. It is no secret, so it goes as selected text does. */
export function CopyTextButton({ label, text, wide = false, disabled = false }: CopyTextButtonProps) {
  const source = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const words = copied ? `${label} copied` : `Copy ${label}`;

  function copy(): void {
    const selection = window.getSelection();
    if (!source.current || !selection) return;
    selection.selectAllChildren(source.current);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the newer way is switched off in this window
    setCopied(document.execCommand('copy'));
    selection.removeAllRanges();
  }

  const shared = { kind: 'ghost', size: 'sm', disabled, onClick: copy, onBlur: () => setCopied(false) } as const;
  return (
    <>
      {wide ? (
        <Button {...shared} renderIcon={copied ? Checkmark : Copy}>
          {words}
        </Button>
      ) : (
        <IconButton {...shared} label={words} align="left">
          {copied ? <Checkmark /> : <Copy />}
        </IconButton>
      )}
      <pre ref={source} aria-hidden="true" className="cds--visually-hidden kt-copy-source">
        {text}
      </pre>
    </>
  );
}
