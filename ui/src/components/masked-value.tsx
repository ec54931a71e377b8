import { Button } from '@carbon/react';
import { View, ViewOff } from '@carbon/icons-react';
import { useEffect, useState } from 'react';
import { ProblemNotice } from './problem-notice';

type MaskedValueProps = {
  /** What the value is, for the buttons' names; never the value itself. */
  label: string;
  /** Fetches the value when it is asked for. It is kept nowhere but here, and only while shown. */
  reveal: () => Promise<string>;
  /** How long it stays visible. */
  seconds: number;
};

/** A value behind dots; **Show** reveals it for a time. */
export function MaskedValue({ label, reveal, seconds }: MaskedValueProps) {
  const [value, setValue] = useState<string | null>(null);
  const [left, setLeft] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const shown = value !== null;

  useEffect(() => {
    if (!shown) return undefined;
    const started = performance.now();
    const timer = window.setInterval(() => {
      const remaining = Math.ceil(seconds - (performance.now() - started) / 1000);
      if (remaining <= 0) setValue(null);
      else setLeft(remaining);
    }, 250);
    return () => window.clearInterval(timer);
  }, [shown, seconds]);

  async function show() {
    setError(null);
    try {
      const revealed = await reveal();
      setLeft(seconds);
      setValue(revealed);
    } catch (rejection) {
      setError(rejection);
    }
  }

  return (
    <div className="kt-masked">
      <pre className="kt-masked__value">{shown ? value : '••••••••••••'}</pre>
      <Button
        kind="ghost"
        size="sm"
        renderIcon={shown ? ViewOff : View}
        aria-label={shown ? `Hide ${label}` : `Show ${label}`}
        onClick={shown ? () => setValue(null) : show}
      >
        {shown ? `Hide (${left} s)` : 'Show'}
      </Button>
      <ProblemNotice error={error} />
    </div>
  );
}
