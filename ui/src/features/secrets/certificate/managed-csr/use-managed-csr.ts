import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type ManagedCsr, type SecretView } from '../../../../ipc/bindings';
import { isConflict } from '../../../../ipc/problem';
import { useToasts } from '../../../../components/toasts';
import { useAction } from '../../../../components/use-action';
import { refreshSecrets, secretQuery } from '../../queries';
import { managedCsrOf } from '../certificate-type';
import { isSameRequest, requestOf, sentRequest } from './request';

/** Changing what a managed request asks for; the whole of it is sent. */
export function useManagedCsr(secret: SecretView, reload: () => Promise<unknown>) {
  const client = useQueryClient();
  const showToast = useToasts();
  // what is not in here follows the secret, also when it is read again
  const [changes, setChanges] = useState<ManagedCsr>({});
  const { id, name } = secret.metadata;
  const view = managedCsrOf(secret.metadata);
  const before = view && requestOf(view);
  const request = before && { ...before, ...changes };
  const changed = before !== null && request !== null && !isSameRequest(before, request);

  const update = useAction(async () => {
    if (!request) return;
    const updated = await commands.editSecret(id, { managed_csr: sentRequest(request) }, secret.revision);
    client.setQueryData(secretQuery(id).queryKey, updated);
    setChanges({});
    showToast({ title: `Updated the request of ${name}`, subtitle: 'There is a new CSR to be signed.' });
    void refreshSecrets(client);
  });
  const conflict = isConflict(update.error);
  const review = useAction(async () => {
    await reload();
    update.clear();
  });

  return {
    /** `null`: the secret has none. */
    managed: view && request && { csr: view.csr, request },
    changes,
    changed,
    /** A new key alone is a reason for an update. */
    ready: secret.availability.edit == null && (changed || request?.rotate_keys === true),
    update,
    review,
    conflict,
    change: (next: ManagedCsr): void => {
      // a conflict is not mended by typing
      if (!conflict) update.clear();
      setChanges((earlier) => ({ ...earlier, ...next }));
    },
  };
}

export type ManagedCsrEdit = ReturnType<typeof useManagedCsr>;
