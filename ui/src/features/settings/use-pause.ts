import { useEffect, useEffectEvent, useRef } from 'react';

/** Hands on the last value once nothing more comes for a moment, and never loses it. */
export function usePause<Value>(handle: (value: Value) => void, pause = 600) {
  const waiting = useRef<{ value: Value; timer: number } | null>(null);
  const handOn = useEffectEvent(handle);

  function cancel() {
    if (waiting.current) window.clearTimeout(waiting.current.timer);
    waiting.current = null;
  }
  function flush() {
    const { current } = waiting;
    cancel();
    if (current) handle(current.value);
  }
  useEffect(
    () => () => {
      const { current } = waiting;
      if (!current) return;
      window.clearTimeout(current.timer);
      handOn(current.value);
    },
    [],
  );
  return {
    later(value: Value) {
      cancel();
      waiting.current = { value, timer: window.setTimeout(flush, pause) };
    },
    cancel,
    flush,
  };
}
