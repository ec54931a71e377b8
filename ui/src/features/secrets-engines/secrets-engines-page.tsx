import { Stack, Tab, TabList, TabPanel, TabPanels, Tabs } from '@carbon/react';
import { IamCredentials } from './iam/iam-credentials';
import { PrivateCertificates } from './private-certificates';
import { PublicCertificates } from './public/public-certificates';
import { engines, useShownEngine } from './shown-engine';

type SecretsEnginesPageProps = {
  /** Without it nothing can be saved in this vault. */
  recoveryConfirmed: boolean;
  onFinishRecovery: () => void;
};

/** The page **Secrets engines**: a tab for each engine. */
export function SecretsEnginesPage(props: SecretsEnginesPageProps) {
  const [shown, show] = useShownEngine();
  return (
    <div className="kt-page">
      <Stack gap={6}>
        <h1 className="kt-page__title">Secrets engines</h1>
        {shown && (
          <Tabs
            selectedIndex={engines.indexOf(shown)}
            onChange={({ selectedIndex }) => show(engines[selectedIndex] ?? shown)}
          >
            <TabList aria-label="Secrets engines" contained={false}>
              <Tab>Public certificates</Tab>
              <Tab>Private certificates</Tab>
              <Tab>IAM credentials</Tab>
            </TabList>
            <TabPanels>
              <TabPanel className="kt-engines__panel">{shown === 'public' && <PublicCertificates {...props} />}</TabPanel>
              <TabPanel className="kt-engines__panel">{shown === 'private' && <PrivateCertificates {...props} />}</TabPanel>
              <TabPanel className="kt-engines__panel">{shown === 'iam_credentials' && <IamCredentials {...props} />}</TabPanel>
            </TabPanels>
          </Tabs>
        )}
      </Stack>
    </div>
  );
}
