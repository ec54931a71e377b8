import { InlineNotification } from '@carbon/react';
import { count } from '../../../components/amounts';
import type { ConfigurationView } from '../../../ipc/bindings';
import { Dependents } from './dependents';

/** Which certificates would outlive their authority when they are rotated, and what to do about it. */
export function Outliving({ view }: { view: ConfigurationView }) {
  const { configuration, outliving, outliving_total: total } = view;
  if (total === 0) return null;
  const [certificates, their] = total === 1 ? ['certificate', 'its'] : ['certificates', 'their'];
  // a root is not rotated
  const root = configuration.config_type === 'private_cert_configuration_root_ca';
  return (
    <div>
      <InlineNotification
        kind="warning"
        lowContrast
        hideCloseButton
        className="kt-problem"
        title={`${count(total)} ${certificates} would outlive this authority: ${their} next rotation will be refused.`}
        subtitle={root ? 'Choose a shorter life.' : 'Rotate the authority or choose a shorter life.'}
      />
      <Dependents label={`What would outlive ${configuration.name}`} named={outliving} total={total} />
    </div>
  );
}
