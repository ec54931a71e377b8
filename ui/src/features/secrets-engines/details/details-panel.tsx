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
import { Outliving } from './outliving';
import { TemplateFacts } from './template-facts';

/** **Details**: everything about an authority or template, except its private key, which never leaves. */
export function DetailsPanel({ branch, onClose }: { branch: Branch; onClose: () => void }) {
  const { view } = branch;
  const { configuration, used_by, used_total } = view;
  const warning = warningOf(branch);
  return (
    <SidePanel title={configuration.name} subtitle={kindWords(view)} onClose={onClose}>
      <Stack gap={6} className="kt-engine-details">
        {warning && <InlineNotification kind="warning" lowContrast hideCloseButton title={warning} />}
        <Outliving view={view} />
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
            {
              label: 'Used by',
              value:
                used_total > 0 ? (
                  <Dependents label={`What depends on ${configuration.name}`} named={used_by} total={used_total} />
                ) : (
                  'Nothing'
                ),
            },
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
