import { RelativeDate } from '../../../components/relative-date';
import type { ConfigurationView } from '../../../ipc/bindings';
import { Dependents } from './dependents';
import type { Fact } from './fact-list';

/** What is known of every configuration: who made it, and what depends on it. */
export function generalFacts({ configuration, used_by, used_total }: ConfigurationView): Fact[] {
  return [
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
  ];
}
