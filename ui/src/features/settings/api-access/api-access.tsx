import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../../components/problem-notice';
import { apiAccessQuery } from '../../../ipc/api-access';
import { SettingsSection } from '../settings-section';
import { ApiKeys } from './api-keys';
import { ApiPort } from './api-port';
import { ApiSwitch } from './api-switch';

type ApiAccessProps = {
  /** Without it no key can be made. */
  recoveryConfirmed: boolean;
  onFinishRecovery: () => void;
};

/** **API access**: whether programs on this computer can use the vault, and with which keys. */
export function ApiAccess(props: ApiAccessProps) {
  const { data: access, error, refetch } = useQuery(apiAccessQuery);
  return (
    <SettingsSection
      id="api-access"
      title="API access"
      lead="Programs on this computer can use this vault by its HTTP API, as they would use IBM Cloud Secrets Manager. It answers while the vault is unlocked in this window, to whoever has an API key. For other computers, and for TLS, run keyturn serve."
    >
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
      {access && (
        <>
          <ApiSwitch access={access} />
          <ApiPort port={access.port} />
        </>
      )}
      <ApiKeys {...props} />
    </SettingsSection>
  );
}
