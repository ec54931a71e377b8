import { Button, Stack } from '@carbon/react';
import { Download } from '@carbon/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands } from '../../../ipc/bindings';
import { refreshConfigurations, type AuthorityConfiguration } from '../../../ipc/configurations';
import { unplaced } from '../../../ipc/problem';
import { PemText } from '../details/pem-text';
import { isPemFilled, pemError, pemTargets } from '../form/pem';
import { PemField } from '../form/pem-field';
import { usePem } from '../form/use-pem';
import { useListAction } from './use-list-action';

type BringSignedDialogProps = { authority: AuthorityConfiguration; onClose: () => void; onDone: () => void };

/** **Sign certificate** of an authority that is signed elsewhere: its request, and the answer to it. */
export function BringSignedDialog({ authority, onClose, onDone }: BringSignedDialogProps) {
  const client = useQueryClient();
  const { pem, setPem, given, send } = usePem();
  const download = useListAction();
  const { name, config_type, data } = authority;
  const bring = useAction(async () => {
    const outcome = await send((certificate) => commands.setSignedCertificate(config_type, name, certificate));
    if (!outcome) return;
    await refreshConfigurations(client);
    onDone();
  });
  const submit = () => given && void bring.run();
  const { leaving, close } = useLeaveGuard(pem, () => isPemFilled(pem), onClose);
  return (
    <TaskDialog
      heading={`Sign certificate of ${name}`}
      size="md"
      task={{ label: 'Sign', run: submit, disabled: !given, slow: bring.slow, progress: 'Checking…' }}
      onClose={close}
      className="kt-engine-dialog"
    >
      <EnterForm onSubmit={submit} error={bring.error}>
        <Stack gap={6}>
          <p>
            Have the request of this authority signed elsewhere, and bring the certificate back. Once it is here, the
            authority can sign.
          </p>
          {data.csr && (
            <Stack gap={3}>
              <PemText label="CSR" text={data.csr} />
              <Button
                kind="tertiary"
                size="sm"
                renderIcon={Download}
                onClick={() => void download.run({ download: 'csr' }, authority)}
              >
                Download CSR
              </Button>
              <ProblemNotice error={download.error} onClose={download.clear} />
            </Stack>
          )}
          <PemField
            id="kt-engine-signed"
            label="Signed certificate"
            helperText="PEM. The certificates above it may follow, and are kept as its chain."
            pem={pem}
            onChange={(changed) => {
              bring.clear();
              setPem(changed);
            }}
            error={pemError(bring.error, 'certificate')}
          />
        </Stack>
      </EnterForm>
      <ProblemNotice error={unplaced(bring.error, pemTargets('certificate'))} />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
