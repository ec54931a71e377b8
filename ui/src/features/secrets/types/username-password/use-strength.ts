import { useEffect, useState } from 'react';
import { commands, type PasswordStrength } from '../../../../ipc/bindings';

const askAfter = 150;

/** How hard what is typed is to guess, a moment after it was; `null` while that is not known. */
export function useStrength(text: string, known: string): PasswordStrength | null {
  const [found, setFound] = useState<{ text: string; strength: PasswordStrength } | null>(null);

  useEffect(() => {
    if (text === '' || !text.isWellFormed()) return undefined;
    let over = false;
    const timer = window.setTimeout(() => {
      // a hint that does not come is not worth a message
      void commands.estimatePassword(text, known ? [known] : []).then(
        (strength) => {
          if (!over) setFound({ text, strength });
        },
        () => undefined,
      );
    }, askAfter);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [text, known]);

  return found?.text === text ? found.strength : null;
}

const words = ['Guessed at once', 'Weak', 'Fair', 'Good', 'Strong'];

/** The estimate as a sentence. */
export function strengthWords({ score, guesses_log10 }: PasswordStrength): string {
  return `${words[score] ?? 'Strong'}: about 10^${guesses_log10} guesses.`;
}
