import type { ShownComparison } from '../../../ipc/bindings';
import { ComparedValue } from './compared-value';

/** Two passwords. */
export function PasswordPair({ shown }: { shown: ShownComparison | null }) {
  const passwords = shown?.kind === 'password' ? shown : null;
  return (
    <dl className="kt-facts">
      <div>
        <dt>Before</dt>
        <dd>
          <ComparedValue exists text={passwords?.old ?? null} />
        </dd>
      </div>
      <div>
        <dt>After</dt>
        <dd>
          <ComparedValue exists text={passwords?.new ?? null} />
        </dd>
      </div>
    </dl>
  );
}
