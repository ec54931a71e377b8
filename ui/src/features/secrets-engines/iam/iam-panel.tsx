import { Stack } from '@carbon/react';
import { SidePanel } from '../../../components/side-panel';
import type { IamConfiguration, ViewOf } from '../../../ipc/configurations';
import { FactList } from '../details/fact-list';
import { generalFacts } from '../details/general-facts';
import { accountWords, standingWords } from './words';

type IamPanelProps = { view: ViewOf<IamConfiguration>; onClose: () => void };

/** **View configuration**: everything but the API key, which never leaves, and what depends on it. */
export function IamPanel({ view, onClose }: IamPanelProps) {
  const { configuration } = view;
  return (
    <SidePanel title={configuration.name} subtitle="IAM credentials" onClose={onClose}>
      <Stack gap={6} className="kt-engine-details">
        <FactList title="General" facts={generalFacts(view)} />
        <FactList
          title="IAM"
          facts={[
            { label: 'Status', value: standingWords(configuration) },
            { label: 'Address', value: configuration.iam_url },
            { label: 'Account', value: accountWords(configuration) },
          ]}
        />
      </Stack>
    </SidePanel>
  );
}
