import { Stack } from '@carbon/react';
import { useEffect } from 'react';
import type { RotationProps } from '../../secret-type';
import { Checks } from '../inspection/checks';
import { useInspection } from '../inspection/use-inspection';
import { PartsField } from '../parts/parts-field';
import { useParts } from '../parts/use-parts';
import { CarryOver } from './carry-over';
import { ConcernList } from './concern-list';
import { noteShown } from './losses';
import { ManagedRequest } from './managed-request';
import { broughtBy, type Rotation } from './rotation';
import { SideBySide } from './side-by-side';

/** The parts of the certificate that replaces the current one, and both side by side. */
export function RotateBody({ secretId, draft, onChange, error }: RotationProps<Rotation>) {
  const { parts, managed, since } = draft;
  const names = broughtBy(draft);
  const changes = useParts(parts, names, (changed) => onChange({ ...draft, parts: changed }));
  const asked = useInspection({ secretId, parts, names, since });
  const { inspection } = asked;
  const current = inspection?.current ?? null;
  useEffect(() => noteShown(draft, inspection));
  return (
    <Stack gap={6}>
      {managed && <ManagedRequest secretId={secretId} />}
      {/* before the parts, so that it is in sight as soon as there is something to lose */}
      {inspection && <CarryOver inspection={inspection} rotation={draft} changes={changes} />}
      <PartsField parts={parts} names={names} changes={changes} inspection={inspection} error={error} first />
      <Checks asked={asked} verdictOnly={current !== null} />
      {inspection && current && <SideBySide inspection={inspection} current={current} rotation={draft} />}
      {inspection?.comparison && <ConcernList concerns={inspection.comparison.concerns} />}
    </Stack>
  );
}
