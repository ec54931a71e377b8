import { Stack } from '@carbon/react';
import { fieldError } from '../../../../ipc/problem';
import { AutoRotationField } from '../../fields/auto-rotation-field';
import type { AddProps } from '../secret-type';
import { AccessFields } from './access-fields';
import { EngineRequired } from './engine-required';
import { LeaseField } from './lease-field';
import { rotationHindrance, type NewIamCredentials } from './new-iam-credentials';
import { ReuseField } from './reuse-field';

/** How long an API key lives, what it may do, and whether it is kept and rotated. */
export function AddStep({ draft, onChange, error, onEngines }: AddProps<NewIamCredentials>) {
  const change = (part: Partial<NewIamCredentials>) => onChange({ ...draft, ...part });
  const hindrance = rotationHindrance(draft);
  return (
    <Stack gap={6}>
      <EngineRequired onEngines={onEngines} />
      <LeaseField
        lease={draft.ttl}
        onChange={(ttl) => change({ ttl })}
        helperText="1 minute to 90 days. Then the API key is removed in IAM."
        error={fieldError(error, 'ttl')}
      />
      <AccessFields draft={draft} onChange={change} error={error} />
      <ReuseField
        reuse={draft.reuse}
        onChange={(reuse) => change({ reuse })}
        error={fieldError(error, 'reuse_api_key')}
      />
      {hindrance === null ? (
        <AutoRotationField
          rotation={draft.rotation}
          onChange={(rotation) => change({ rotation })}
          error={fieldError(error, 'rotation')}
        />
      ) : (
        <div>
          <p className="cds--label">Automatic rotation</p>
          <p className="kt-due-text">{hindrance}</p>
        </div>
      )}
    </Stack>
  );
}
