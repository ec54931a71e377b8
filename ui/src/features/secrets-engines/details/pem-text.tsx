import { useId, useRef } from 'react';
import { CopyButton } from '../../../components/copy-button';

/** A certificate or request as text, to be copied. None of it is secret. */
export function PemText({ label, text }: { label: string; text: string }) {
  const id = useId();
  const pem = useRef<HTMLPreElement>(null);

  function select(): void {
    if (pem.current) window.getSelection()?.selectAllChildren(pem.current);
  }

  return (
    <div className="kt-pem">
      <div className="kt-pem__head">
        <p id={id} className="cds--label">
          {label}
        </p>
        <CopyButton label={label.toLowerCase().replace(/\bcsr\b/, 'CSR')} select={select} />
      </div>
      {/* it scrolls, so the keyboard has to get there */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={pem} tabIndex={0} role="region" aria-labelledby={id} className="kt-pem__text">
        {text}
      </pre>
    </div>
  );
}
