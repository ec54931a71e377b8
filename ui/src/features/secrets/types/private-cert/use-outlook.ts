import { useEffect, useState } from 'react';
import { commands, type PrivateCertOutlook } from '../../../../ipc/bindings';
import { useSlow } from '../../../../components/use-slow';
import { isNamed, privateCertForm, privateCertMissing, type NewPrivateCert } from './new-private-cert';

// as long as one types, nothing is asked
const pause = 300;

type Answer = { key: string; outlook: PrivateCertOutlook | null; error: unknown };

/** What the certificate would be, or which rule forbids it, a moment after something changed. */
export function useOutlook(draft: NewPrivateCert, groupId: string) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const key = isNamed(draft) && privateCertMissing(draft) === null ? JSON.stringify([groupId, privateCertForm(draft)]) : '';

  useEffect(() => {
    if (key === '') return undefined;
    const [group, form] = JSON.parse(key) as [string, ReturnType<typeof privateCertForm>];
    let over = false;
    const take = (found: Omit<Answer, 'key'>) => {
      if (!over) setAnswer({ key, ...found });
    };
    const timer = window.setTimeout(() => {
      commands.previewPrivateCert(group, form).then(
        (outlook) => take({ outlook, error: null }),
        (error: unknown) => take({ outlook: null, error }),
      );
    }, pause);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [key]);

  const newest = answer?.key === key;
  return {
    /** The last answer stays in its place while the next one is on its way. */
    outlook: key === '' ? null : (answer?.outlook ?? null),
    error: key !== '' && newest ? answer.error : null,
    slow: useSlow(key !== '' && !newest),
  };
}
