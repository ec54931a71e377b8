import { Heading, Section, Stack } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { ProblemNotice } from '../../../components/problem-notice';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { useOpened } from '../../../components/use-opened';
import { commands, type PendingRemoval } from '../../../ipc/bindings';
import { useOfflineReason } from '../../../ipc/instances';
import { pendingRemovalsQuery } from '../../../ipc/removals';
import { returnFocus } from '../return-focus';
import { GiveUpDialog } from './give-up-dialog';
import { RemovalTable } from './removal-table';

/** **Keys that could not be removed**: API keys that IAM still has, until one of the tries succeeds. */
export function PendingRemovals() {
  const title = useId();
  const client = useQueryClient();
  const showToast = useToasts();
  const asked = useQuery(pendingRemovalsQuery);
  // that the instance cannot be reached is told above the page
  const error = useOfflineReason() === null ? asked.error : null;
  const { data, refetch } = asked;
  const { opened, open, close } = useOpened<PendingRemoval>();
  const retry = useAction(async ({ id, secret_name }: PendingRemoval) => {
    const left = await commands.retryRemoval(id);
    client.setQueryData(pendingRemovalsQuery.queryKey, left);
    giveFocusBack(id);
    const still = left.find((one) => one.id === id);
    showToast(
      still
        ? { title: `The API key of ${secret_name} is still there`, subtitle: still.problem ?? '', kind: 'warning' }
        : { title: `Removed the API key of ${secret_name}` },
    );
  });
  function onClose(): void {
    if (close(opened) && opened) giveFocusBack(opened.id);
  }
  return (
    <>
      {(error ?? data?.length) ? (
        <Section aria-labelledby={title}>
          <Stack gap={5}>
            <div>
              <Heading id={title} className="kt-engines__title">
                Keys that could not be removed
              </Heading>
              <p className="kt-engines__lead">
                IAM has these API keys still, or may have them. Keyturn tries again by itself while the vault is open.
              </p>
            </div>
            <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
            <ProblemNotice error={retry.error} />
            {data && data.length > 0 && (
              <RemovalTable
                removals={data}
                busy={retry.busy}
                onRetry={(removal) => void retry.run(removal)}
                onGiveUp={open}
              />
            )}
          </Stack>
        </Section>
      ) : null}
      {opened && <GiveUpDialog removal={opened} onClose={onClose} />}
    </>
  );
}

/** To the row, or to the page once it is gone. */
function giveFocusBack(id: string): void {
  returnFocus(id, () => document.querySelector('main'));
}
