import { useId, useRef } from 'react';
import { CopyButton } from '../../components/copy-button';
import type { Snippet } from './snippets';

type SnippetTextProps = { snippet: Snippet; tool: string };

/** A step of an example, to be copied. No secret is in it. */
export function SnippetText({ snippet: { title, note, text }, tool }: SnippetTextProps) {
  const id = useId();
  const code = useRef<HTMLPreElement>(null);

  function select(): void {
    if (code.current) window.getSelection()?.selectAllChildren(code.current);
  }

  return (
    <div>
      <div className="kt-snippet__head">
        <h3 id={id} className="kt-snippet__title">
          {title}
        </h3>
        <CopyButton label={`${title.toLowerCase()}, ${tool}`} select={select} />
      </div>
      {note !== undefined && <p className="kt-snippet__note">{note}</p>}
      {/* it scrolls, so the keyboard has to get there */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={code} tabIndex={0} role="region" aria-labelledby={id} className="kt-snippet__text">
        {text}
      </pre>
    </div>
  );
}
