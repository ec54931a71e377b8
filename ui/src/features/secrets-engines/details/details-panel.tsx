import { InlineNotification, Stack } from '@carbon/react';
import { SidePanel } from '../../../components/side-panel';
import { isAuthority } from '../../../ipc/configurations';
import { kindWords, warningOf } from '../tree/standing';
import { Status } from '../tree/status';
import type { Branch } from '../tree/tree';
import { AuthorityFacts } from './authority-facts';
import { FactList } from './fact-list';
import { generalFacts } from './general-facts';
import { Outliving } from './outliving';
import { TemplateFacts } from './template-facts';

/** **Details**: everything about an authority or template, except its private key, which never leaves. */
export function DetailsPanel({ branch, onClose }: { branch: Branch; onClose: () => void }) {
  const { view } = branch;
  const { configuration } = view;
  const warning = warningOf(branch);
  return (
    <SidePanel title={configuration.name} subtitle={kindWords(configuration)} onClose={onClose}>
      <Stack gap={6} className="kt-engine-details">
        {warning && <InlineNotification kind="warning" lowContrast hideCloseButton title={warning} />}
        <Outliving view={view} />
        <FactList
          title="General"
          facts={[
            { label: 'Status', value: <Status configuration={configuration} /> },
            ...generalFacts(view),
          ]}
        />
        {isAuthority(configuration) ? (
          <AuthorityFacts authority={configuration} />
        ) : (
          <TemplateFacts template={configuration} />
        )}
      </Stack>
    </SidePanel>
  );
}
