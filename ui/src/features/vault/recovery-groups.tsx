import { useState } from 'react';
import type { RecoveryAnswer, RecoveryCode } from '../../ipc/bindings';
import { fieldError } from '../../ipc/problem';
import { TextField } from '../../components/text-field';

/** The groups that are asked for, as they are being typed. */
export function useRecoveryAnswers(code: RecoveryCode | null) {
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const answers: RecoveryAnswer[] = (code?.ask ?? []).map((index) => ({ index, text: typed[index] ?? '' }));
  return {
    answers,
    complete: answers.every(({ text }) => text.trim() !== ''),
    type: (index: number, text: string) => setTyped((before) => ({ ...before, [index]: text })),
    forget: () => setTyped({}),
  };
}

type RecoveryGroupsProps = { answers: RecoveryAnswer[]; onType: (index: number, text: string) => void; error: unknown };

/** One field for each group that is asked for. */
export function RecoveryGroups({ answers, onType, error }: RecoveryGroupsProps) {
  const fault = fieldError(error, 'recovery_code');
  // the refusal names one group; the other may be right
  const named = answers.filter(({ index }) => fault?.startsWith(`${groupLabel(index)} `));
  const wrong = fault === undefined ? [] : named.length > 0 ? named : answers;
  return (
    <div className="kt-groups">
      {answers.map((answer, position) => (
        <TextField
          key={answer.index}
          id={`recovery-group-${answer.index}`}
          labelText={groupLabel(answer.index)}
          value={answer.text}
          maxLength={8}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onType(answer.index, event.target.value)}
          invalid={wrong.includes(answer)}
          invalidText={fault ?? ''}
          {...(position === 0 ? { 'data-modal-primary-focus': true } : {})}
        />
      ))}
    </div>
  );
}

function groupLabel(index: number): string {
  return `Group ${index + 1}`;
}
