import { useEffect, useState } from 'react';
import { commands, type NewPrivateCertForm, type PartInput, type PrivateCertOutlook } from '../../../../ipc/bindings';
import { useSlow } from '../../../../components/use-slow';
import { csrInput, csrMissing } from './csr';
import { isNamed, privateCertForm, privateCertMissing, type NewPrivateCert } from './new-private-cert';
import type { PrivateCertRotation } from './rotation';

// as long as one types, nothing is asked
const pause = 300;

type Answer = { key: string; outlook: PrivateCertOutlook | null; error: unknown };

/** What a new certificate would be, or which rule forbids it. */
export function useOutlook(draft: NewPrivateCert, groupId: string) {
  const isWhole = isNamed(draft) && privateCertMissing(draft) === null;
  return usePreview(isWhole ? JSON.stringify([groupId, privateCertForm(draft)]) : '', askNew);
}

/** What the next version would be, or which rule forbids it. */
export function useNextOutlook({ csr, of }: PrivateCertRotation, secretId: string) {
  const isWhole = of !== null && csrMissing(csr) === null;
  return usePreview(isWhole ? JSON.stringify([secretId, csrInput(csr), of.since]) : '', askNext);
}

export type FoundOutlook = ReturnType<typeof usePreview>;

function askNew(key: string): Promise<PrivateCertOutlook> {
  const [group, form] = JSON.parse(key) as [string, NewPrivateCertForm];
  return commands.previewPrivateCert(group, form);
}

function askNext(key: string): Promise<PrivateCertOutlook> {
  const [id, csr] = JSON.parse(key) as [string, PartInput | null];
  return commands.previewPrivateCertRotation(id, csr);
}

/** Asks a moment after the key changed; a blank one has no answer. */
function usePreview(key: string, ask: (key: string) => Promise<PrivateCertOutlook>) {
  const [answer, setAnswer] = useState<Answer | null>(null);

  useEffect(() => {
    if (key === '') return undefined;
    let over = false;
    const take = (found: Omit<Answer, 'key'>) => {
      if (!over) setAnswer({ key, ...found });
    };
    const timer = window.setTimeout(() => {
      ask(key).then(
        (outlook) => take({ outlook, error: null }),
        (error: unknown) => take({ outlook: null, error }),
      );
    }, pause);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [key, ask]);

  const newest = answer?.key === key;
  return {
    /** The last answer stays in its place while the next one is on its way. */
    outlook: key === '' ? null : (answer?.outlook ?? null),
    error: key !== '' && newest ? answer.error : null,
    slow: useSlow(key !== '' && !newest),
  };
}
