import { Tab, TabList, TabPanel, TabPanels, Tabs } from '@carbon/react';
import { useMemo, useState } from 'react';
import type { SecretView } from '../../../ipc/bindings';
import { fieldError, unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { SidePanel } from '../../../components/side-panel';
import { CertificateTab } from '../certificate/certificate-tab';
import { isCertificate } from '../certificate/certificate-type';
import { ManagedCsrTab } from '../certificate/managed-csr/managed-csr-tab';
import { useManagedCsr } from '../certificate/managed-csr/use-managed-csr';
import { sentence } from '../fields/checks';
import { MetadataField } from '../fields/metadata-field';
import { useLocksPanel } from '../locks/use-locks-panel';
import { issuanceOf } from '../orders/issuance';
import { useChallenges } from '../orders/use-challenges';
import { ExpirationTab } from './expiration-tab';
import { GeneralTab } from './general-tab';
import { IssuanceTab } from './issuance-tab';
import { RotationTab } from './rotation-tab';
import { useDetails } from './use-details';

type DetailsFormProps = {
  secret: SecretView;
  reload: () => Promise<unknown>;
  onClose: () => void;
  onSaved: (secret: SecretView) => void;
};

/** The fields of each tab, by their names on the wire. */
const tabs = [['name', 'description', 'labels'], ['rotation', 'reminder', 'ttl'], ['expiration_date'], ['custom_metadata']];

/** Where the tabs of certificates stand, after the others. */
const [certificateTab, csrTab] = [tabs.length, tabs.length + 1];

/** The tabs of **Details**, edited in place. */
export function DetailsForm({ secret, reload, onClose, onSaved }: DetailsFormProps) {
  const [tab, setTab] = useState(0);
  const details = useDetails({ secret, reload, onSaved, onFault: (field) => setTab((now) => tabOf(field) ?? now) });
  const { changes, form, edit, change, checks, outlook, save, review, changed, conflict } = details;
  const csr = useManagedCsr(secret, reload);
  const drafts = useMemo(() => ({ ...changes, ...csr.changes }), [changes, csr.changes]);
  const { leaving, close } = useLeaveGuard(drafts, () => changed || csr.changed, onClose);
  const locks = useLocksPanel(secret.metadata);
  const challenges = useChallenges(secret.metadata);
  const issuance = issuanceOf(secret.metadata);
  const hindrance = secret.availability.edit ?? null;
  const ready = changed && hindrance === null;
  const error = save.error;
  // the request is not part of what **Save** sends, and has its own button
  const task =
    csr.managed && tab === csrTab
      ? { label: csr.update.slow ? 'Updating…' : 'Update', run: () => void csr.update.run(), disabled: !csr.ready }
      : { label: save.slow ? 'Saving…' : 'Save', run: () => void save.run(), disabled: !ready };

  return (
    <SidePanel
      title="Details"
      subtitle={secret.metadata.name}
      onClose={close}
      task={task}
    >
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
      {hindrance && <ProblemNotice error={{ code: 'wrong_state', message: hindrance }} />}
      <EnterForm onSubmit={() => !task.disabled && task.run()} error={csr.managed && tab === csrTab ? csr.update.error : error}>
        <Tabs selectedIndex={tab} onChange={({ selectedIndex }) => setTab(selectedIndex)}>
          <TabList aria-label="Details" contained={false}>
            <Tab>General</Tab>
            <Tab>Rotation</Tab>
            <Tab>Expiration</Tab>
            <Tab>Metadata</Tab>
            {isCertificate(secret.metadata.secret_type) && <Tab>Certificate</Tab>}
            {csr.managed && <Tab>Managed CSR</Tab>}
            {issuance && <Tab>Issuance</Tab>}
          </TabList>
          <TabPanels>
            <TabPanel>
              <GeneralTab
                secret={secret}
                form={form}
                onChange={change}
                checks={checks}
                error={error}
                onLocks={locks.show}
              />
            </TabPanel>
            <TabPanel>
              <RotationTab
                secret={secret}
                form={form}
                onChange={change}
                outlook={outlook}
                reload={reload}
                error={error}
              />
            </TabPanel>
            <TabPanel>
              <ExpirationTab
                secret={secret}
                form={form}
                onChange={change}
                changed={'expiration_date' in edit}
                outlook={outlook}
                error={error}
              />
            </TabPanel>
            <TabPanel>
              <MetadataField
                id="kt-details-metadata"
                label="Metadata"
                text={form.metadata}
                onChange={(metadata) => change({ metadata })}
                onLeave={() => void checks.metadata.now()}
                error={sentence(checks.metadata.problem) ?? fieldError(error, 'custom_metadata')}
                helperText="A JSON object. Do not put confidential data here; it is kept for up to 50 versions."
              />
            </TabPanel>
            {isCertificate(secret.metadata.secret_type) && (
              <TabPanel>{tab === certificateTab && <CertificateTab secret={secret} />}</TabPanel>
            )}
            {csr.managed && (
              <TabPanel>
                <ManagedCsrTab secretId={secret.metadata.id} edit={csr} />
              </TabPanel>
            )}
            {issuance && (
              <TabPanel>
                <IssuanceTab secret={secret} issuance={issuance} onChallenges={challenges.show} />
              </TabPanel>
            )}
          </TabPanels>
        </Tabs>
      </EnterForm>
      {conflict ? (
        <ProblemNotice error={error} action={{ label: 'Reload and review', run: () => void review.run() }} />
      ) : (
        <ProblemNotice error={unplaced(error, tabs.flat())} />
      )}
      <ProblemNotice error={review.error} />
      {locks.panel}
      {challenges.dialog}
    </SidePanel>
  );
}

function tabOf(field: string | undefined): number | undefined {
  const index = tabs.findIndex((fields) => field !== undefined && fields.includes(field));
  return index < 0 ? undefined : index;
}
