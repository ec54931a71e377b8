import { useState } from 'react';
import { commands, type LockForm, type LockMode, type Problem, type SecretLocks, type VersionAlias } from '../../../ipc/bindings';
import { fieldError, unplaced } from '../../../ipc/problem';
import { useAction } from '../../../components/use-action';
import { checkLock, emptyLocks, lockForms, lockMode, type LockDraft, type LocksDraft } from './lock-draft';

export type CreatedLocks = { names: string[]; version: string; mode: LockMode | null; locks: SecretLocks };

const lockFields = ['name', 'description', 'attributes'] as const;

/** Entering, checking and sending locks; a refusal keeps what was entered. */
export function useCreateLocks(id: string, alias: VersionAlias, onCreated: (created: CreatedLocks) => void) {
  const [draft, setDraft] = useState<LocksDraft>(() => emptyLocks(alias));
  const [fault, setFault] = useState<{ key: number; problem: Problem } | null>(null);

  const create = useAction(async (version: string) => {
    setFault(null);
    for (const lock of draft.locks) {
      const problem = await checkLock(lock, draft);
      if (problem) {
        setFault({ key: lock.key, problem });
        return;
      }
    }
    const mode = lockMode(draft);
    const locks = await commands.createLocks(id, version, lockForms(draft), mode);
    onCreated({ names: draft.locks.map(({ name }) => name), version, mode, locks });
  });

  function change(next: Partial<LocksDraft> | ((before: LocksDraft) => LocksDraft)): void {
    setFault(null);
    create.clear();
    setDraft((before) => (typeof next === 'function' ? next(before) : { ...before, ...next }));
  }

  /** By its key: a file that is read meanwhile must not bring back what was there before. */
  function changeLock(key: number, next: Partial<LockForm>): void {
    change((before) => ({
      ...before,
      locks: before.locks.map((lock) => (lock.key === key ? { ...lock, ...next } : lock)),
    }));
  }

  // a refusal names the field, but not the lock
  const only = draft.locks.length === 1;
  return {
    draft,
    change,
    changeLock,
    create,
    error: fault?.problem ?? create.error,
    errorOf: (lock: LockDraft, field: (typeof lockFields)[number]) =>
      fieldError(fault?.key === lock.key ? fault.problem : only ? create.error : null, field),
    unplaced: only ? unplaced(create.error, lockFields) : create.error,
  };
}
