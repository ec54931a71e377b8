import { Button, DataTableSkeleton } from '@carbon/react';
import { Add } from '@carbon/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ClipboardNotice } from '../../../components/clipboard-notice';
import { EmptyState } from '../../../components/empty-state';
import { focusBack } from '../../../components/focus-back';
import { ProblemNotice } from '../../../components/problem-notice';
import { useOpened } from '../../../components/use-opened';
import { apiKeysQuery } from '../../../ipc/api-access';
import type { ApiKey } from '../../../ipc/bindings';
import { ApiKeyTable, columns } from './api-key-table';
import { CreateKeyDialog } from './create-key-dialog';
import { RevokeDialog } from './revoke-dialog';

type ApiKeysProps = { recoveryConfirmed: boolean; onFinishRecovery: () => void };
type Opened = { action: 'create' } | { action: 'revoke'; apiKey: ApiKey };

/** The keys that programs come in with. */
export function ApiKeys({ recoveryConfirmed, onFinishRecovery }: ApiKeysProps) {
  const { data: keys, error, refetch } = useQuery(apiKeysQuery);
  const { opened, open, close } = useOpened<Opened>();
  const createButton = useRef<HTMLButtonElement>(null);
  const [copies, setCopies] = useState(false);

  function onCreate(): void {
    if (!recoveryConfirmed) {
      onFinishRecovery();
      return;
    }
    setCopies(true);
    open({ action: 'create' });
  }
  function onClose(): void {
    if (close(opened)) returnFocus(opened, createButton.current);
  }

  return (
    <>
      <div className="kt-api__head">
        <div>
          <h3 className="kt-settings__subheading">API keys</h3>
          <p className="kt-settings__lead">
            A program exchanges its key for a token that lives an hour. The key itself is shown once, when it is made.
          </p>
        </div>
        <Button ref={createButton} kind="tertiary" size="md" renderIcon={Add} onClick={onCreate}>
          Create API key
        </Button>
      </div>
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
      {!keys && !error && (
        <DataTableSkeleton
          aria-label="Loading API keys"
          showHeader={false}
          showToolbar={false}
          columnCount={columns.length}
          rowCount={1}
        />
      )}
      {keys?.length === 0 && (
        <div className="kt-api__empty">
          <EmptyState title="No API key yet">
            Create one for each program, with the least role that it needs, so that one of them can be revoked without
            the others.
          </EmptyState>
        </div>
      )}
      {keys && keys.length > 0 && (
        <ApiKeyTable keys={keys} onRevoke={(apiKey) => open({ action: 'revoke', apiKey })} />
      )}
      {copies && opened?.action !== 'create' && <ClipboardNotice />}
      {opened?.action === 'create' && <CreateKeyDialog onClose={onClose} />}
      {opened?.action === 'revoke' && <RevokeDialog apiKey={opened.apiKey} onClose={onClose} />}
    </>
  );
}

/** To the row's button, or, when the row is gone or there was none, to **Create API key**. */
function returnFocus(opened: Opened | null, createButton: HTMLElement | null): void {
  focusBack(() => {
    const id = opened && 'apiKey' in opened ? opened.apiKey.id : '';
    return document.querySelector<HTMLElement>(`[data-revoke="${id}"]`) ?? createButton;
  });
}
