import { Tab, TabList, TabPanel, TabPanels, Tabs } from '@carbon/react';
import { useState } from 'react';
import type { SecretView } from '../../../ipc/bindings';
import { fieldError, unplaced } from '../../../ipc/problem';
import { ProblemNotice } from '../../../components/problem-notice';
import { SidePanel } from '../../../components/side-panel';
import { sentence } from '../fields/checks';
import { ExpirationField } from '../fields/expiration-field';
import { MetadataField } from '../fields/metadata-field';
import { GeneralTab } from './general-tab';
import { useDetails } from './use-details';

type DetailsFormProps = {
  secret: SecretView;
  reload: () => Promise<unknown>;
  onClose: () => void;
  onSaved: () => void;
};

const fields = ['name', 'description', 'labels', 'custom_metadata', 'expiration_date'];

/** The tabs of **Details**, edited in place. */
export function DetailsForm({ secret, reload, onClose, onSaved }: DetailsFormProps) {
  const { form, change, checks, save, review, changed, conflict } = useDetails({ secret, reload, onSaved });
  const [leaving, setLeaving] = useState(false);
  const hindrance = secret.availability.edit ?? null;
  const error = save.error;

  return (
    <SidePanel
      title="Details"
      subtitle={secret.metadata.name}
      // what was typed is not thrown away by one key
      onClose={() => (changed && !leaving ? setLeaving(true) : onClose())}
      task={{
        label: save.slow ? 'Saving…' : 'Save',
        run: () => void save.run(),
        disabled: !changed || hindrance !== null || save.slow,
      }}
    >
      {leaving && changed && (
        <ProblemNotice
          error={{
            code: 'conflict',
            message: 'Changes are not saved.',
            remedy: 'Save them, or close once more to drop them.',
          }}
          action={{ label: 'Drop changes', run: onClose }}
        />
      )}
      {hindrance && <ProblemNotice error={{ code: 'wrong_state', message: hindrance }} />}
      <Tabs>
        <TabList aria-label="Details" contained={false}>
          <Tab>General</Tab>
          <Tab>Expiration</Tab>
          <Tab>Metadata</Tab>
        </TabList>
        <TabPanels>
          <TabPanel>
            <GeneralTab secret={secret} form={form} onChange={change} checks={checks} error={error} />
          </TabPanel>
          <TabPanel>
            <ExpirationField
              expiration={form.expiration}
              onChange={(expiration) => change({ expiration })}
              error={fieldError(error, 'expiration_date')}
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
        </TabPanels>
      </Tabs>
      {conflict ? (
        <ProblemNotice error={error} action={{ label: 'Reload and review', run: () => void review.run() }} />
      ) : (
        <ProblemNotice error={unplaced(error, fields)} />
      )}
      <ProblemNotice error={review.error} />
    </SidePanel>
  );
}
