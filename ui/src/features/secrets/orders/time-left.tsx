import { useEffect, useState } from 'react';
import { timeLeft } from './time-left-words';

const second = 1_000;

/** How long an order can still be finished, counted down. */
export function TimeLeft({ until }: { until: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), second);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <span role="timer" aria-live="off">
      {timeLeft(new Date(until).getTime() - now)}
    </span>
  );
}
