import { Button, Callout, InlineLoading } from '@carbon/react';
import { Copy } from '@carbon/icons-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { commands } from '../../../../ipc/bindings';
import { ProblemNotice } from '../../../../components/problem-notice';
import { useAction } from '../../../../components/use-action';
import type { RotationProps } from '../secret-type';
import type { ObjectDraft } from './object-draft';

type BeginWithCurrentProps = Pick<RotationProps<ObjectDraft>, 'secretId' | 'draft' | 'onChange'>;

/** Puts the current object into the editor, so that one key can be changed and the rest stays. */
export function BeginWithCurrent({ secretId, draft, onChange }: BeginWithCurrentProps) {
  const words = useId();
  const button = useRef<HTMLButtonElement>(null);
  // the draft that it was asked about; one that was changed since is asked about anew
  const [asked, setAsked] = useState<ObjectDraft | null>(null);
  const latest = useRef(draft);
  useLayoutEffect(() => {
    latest.current = draft;
  });

  const begin = useAction(async () => {
    const { text } = await commands.revealVersion(secretId, 'current');
    if (latest.current.text !== draft.text) {
      // what was entered meanwhile nobody has agreed to lose
      setAsked(latest.current);
    } else {
      // nobody asked to see it: it can be changed while it reads as dots, and shown there
      onChange({ ...latest.current, source: 'text', text: text ?? '', shown: false });
    }
  });

  return (
    <div className="kt-field">
      <Button
        ref={button}
        kind="tertiary"
        size="sm"
        renderIcon={Copy}
        aria-describedby={words}
        onClick={() => {
          if (draft.text.trim() === '') void begin.run();
          else setAsked(draft);
        }}
      >
        Begin with the current object
      </Button>
      <div id={words} className="cds--form__helper-text">
        Fills the editor with the current object, so that you can change a part of it. It counts as a read of the value.
      </div>
      {begin.slow && <InlineLoading description="Reading…" />}
      {asked === draft && (
        <div role="alert">
          <Callout
            className="kt-problem"
            kind="warning"
            lowContrast
            title="What was entered as an object will be replaced."
            actionButtonLabel="Replace"
            onActionButtonClick={() => {
              // the question goes, the focus stays here
              button.current?.focus();
              setAsked(null);
              void begin.run();
            }}
          />
        </div>
      )}
      <ProblemNotice error={begin.error} />
    </div>
  );
}
