import { useState } from 'react';

/** The engines, in the order of their tabs. */
export const engines = ['public', 'private'] as const;

export type Engine = (typeof engines)[number];

// as long as the window is there; which tab was open is worth no place in the vault
let last: Engine = 'public';

/** Which engine the page shows; another visit finds the one that was left. */
export function useShownEngine(): [Engine, (engine: Engine) => void] {
  const [shown, setShown] = useState(last);

  function show(engine: Engine): void {
    last = engine;
    setShown(engine);
  }

  return [shown, show];
}
