import { useEffect, useState } from 'react';

const pause = 300;

/**
 * What was chosen, once the typing pauses. The value keeps its identity as long as what it says is the
 * same, and what is returned is that value itself when it has settled.
 */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  const same = JSON.stringify(settled) === JSON.stringify(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as Value), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return same ? value : settled;
}
