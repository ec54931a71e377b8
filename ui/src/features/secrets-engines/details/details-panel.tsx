import { InlineNotification, Stack } from '@carbon/react';
import { RelativeDate } from '../../../components/relative-date';
import { SidePanel } from '../../../components/side-panel';
import { isAuthority } from '../../../ipc/configurations';
import { kindWords, warningOf } from '../tree/standing';
import { Status } from '../tree/status';
import type { Branch } from '../tree/tree';
import { AuthorityFacts } from './authority-facts';
import { Dependents } from './dependents';
import { FactList } from './fact-list';
import { TemplateFacts } from './template-facts';

/** **Details**: everything about an authority or template, except its private key, which never leaves. */
export function DetailsPanel({ branch, onClose }: { branch: Branch; onClose: () => void }) {
  const { view } = branch;
  const { configuration, used_total } = view;
  const warning = warningOf(branch);
  return (
    <SidePanel title={configuration.name} subtitle={kindWords(view)} onClose={onClose}>
      <Stack gap={6}>
        {warning && <InlineNotification kind="warning" lowContrast hideCloseButton title={warning} />}
        <FactList
          title="General"
          facts={[
            { label: 'Status', value: <Status configuration={configuration} /> },
            {
              label: 'Created',
              value: (
                <>
                  <RelativeDate value={configuration.created_at} /> by {configuration.created_by}
                </>
              ),
            },
            { label: 'Changed', value: <RelativeDate value={configuration.updated_at} /> },
            { label: 'Used by', value: used_total > 0 ? <Dependents view={view} /> : 'Nothing' },
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
