import { Button, Stack } from '@carbon/react';
import { useEffect, useRef } from 'react';
import type { RecoveryCode as Code } from '../../ipc/bindings';
import { RecoveryAdvice } from './recovery-advice';
import { RecoveryCode } from './recovery-code';

type RecoveryShowProps = { code: Code; onWritten: () => void; onLater: () => void };

/** The recovery code, shown once. */
export function RecoveryShow({ code, onWritten, onLater }: RecoveryShowProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap={6}>
      <h2 ref={heading} tabIndex={-1} className="kt-start__step">
        Write down the recovery code
      </h2>
      <RecoveryAdvice />
      <RecoveryCode code={code} />
      <div className="kt-start__buttons">
        <Button kind="secondary" onClick={onLater}>
          Do this later
        </Button>
        <Button onClick={onWritten}>I wrote it down</Button>
      </div>
    </Stack>
  );
}
