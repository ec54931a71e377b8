import { Document, TrashCan } from '@carbon/icons-react';
import { IconButton } from '@carbon/react';
import { byteSize } from '../../../components/amounts';
import { useLostFocus } from '../../../components/use-lost-focus';
import type { PickedFile } from '../../../ipc/bindings';

/** A file that was taken. */
export function PemFileRow({ file: { name, size }, onRemove }: { file: PickedFile; onRemove: () => void }) {
  const row = useLostFocus<HTMLDivElement>();
  return (
    <div ref={row} className="kt-pem-field__file" role="group" aria-label="Selected file" tabIndex={-1}>
      <Document aria-hidden="true" />
      <span className="kt-pem-field__name">
        <bdi>{name}</bdi>, {byteSize(size)}
      </span>
      <IconButton label={`Remove ${name}`} kind="ghost" size="sm" align="left" onClick={onRemove}>
        <TrashCan />
      </IconButton>
    </div>
  );
}
