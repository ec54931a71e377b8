import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useAction } from '../../../components/use-action';
import { useCountdown } from '../../../components/use-countdown';

/**
 * Something confidential while it is shown. It lives here only: it is dropped when its time is over,
 * when it is hidden, when the window is no longer visible and when the dialog goes.
 */
export function useShown<Revealed extends { seconds: number }>(reveal: () => Promise<Revealed>) {
  const [shown, setShown] = useState<{ revealed: Revealed; until: number } | null>(null);
  // raised by each hiding, so that an answer that was on its way then is not shown any more
  const turn = useRef(0);

  const hide = () => {
    turn.current += 1;
    setShown(null);
  };
  const show = useAction(async () => {
    const mine = turn.current;
    const revealed = await reveal();
    if (mine !== turn.current) return;
    setShown({ revealed, until: performance.now() + revealed.seconds * 1000 });
  });
  const left = useCountdown(shown?.until ?? null, hide);

  const leave = useEffectEvent(hide);
  useEffect(() => {
    const changed = () => {
      if (document.hidden) leave();
    };
    document.addEventListener('visibilitychange', changed);
    return () => {
      document.removeEventListener('visibilitychange', changed);
      leave();
    };
  }, []);

  return { value: shown?.revealed ?? null, left, show, hide };
}
