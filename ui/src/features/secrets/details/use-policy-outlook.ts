import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SecretEdit, SecretView } from '../../../ipc/bindings';
import { policyOf } from '../facts';
import { rotationFault } from '../fields/auto-rotation';
import { expirationFault } from '../../../components/expiration';
import { reminderFault } from '../fields/reminder';
import { policyOutlookQuery } from '../queries';
import { leaseFault } from '../types/iam-credentials/new-iam-credentials';
import type { Editable } from './secret-edit';

const askAfter = 250;

/** What saving would do to the next rotation or reminder, asked a moment after something changed. */
export function usePolicyOutlook(secret: SecretView, form: Editable, edit: SecretEdit) {
  const part = planPart(secret, form, edit);
  const text = JSON.stringify(part);
  const [settled, setSettled] = useState('');

  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), askAfter);
    return () => window.clearTimeout(timer);
  }, [text]);

  return useQuery({ ...policyOutlookQuery(secret.metadata.id, part ?? {}), enabled: part !== null && text === settled });
}

/** What the next date depends on; `null`: nothing of it changes, or it is not whole yet. */
function planPart(secret: SecretView, form: Editable, edit: SecretEdit): SecretEdit | null {
  const { rotation, reminder, expiration_date, ttl } = edit;
  const isWhole = (fault: string | null) => fault === null;
  if (rotation && !isWhole(rotationFault(form.rotation))) return null;
  if (reminder && !isWhole(reminderFault(form.reminder))) return null;
  if (ttl != null && !isWhole(form.ttl && leaseFault(form.ttl))) return null;
  const date = isWhole(expirationFault(form.expiration)) ? expiration_date : undefined;
  // without a policy of the instance, a date or lease says nothing about the next rotation
  const planned = policyOf(secret.metadata)?.auto_rotate;
  const dated = (date ?? ttl) != null && planned;
  if (!rotation && !reminder && !dated) return null;
  return {
    ...(rotation && { rotation }),
    ...(reminder && { reminder }),
    ...(ttl != null && { ttl }),
    ...(date && { expiration_date: date }),
  };
}
