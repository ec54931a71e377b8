import { Menu, MenuItemDivider } from '@carbon/react';
import type { SecretView } from '../../../ipc/bindings';
import { ActionItem } from '../../../components/action-item';
import { isCertificate } from '../certificate/certificate-type';
import { issuanceOf } from '../orders/issuance';
import { useSecretUrl } from '../use-secret-url';

/** What can be done with one secret from the list. */
export type SecretAction =
  | 'view'
  | 'details'
  | 'rotate'
  | 'versions'
  | 'challenges'
  | 'download-certificate'
  | 'check-deployment'
  | 'locks'
  | 'copy'
  | 'delete';

type RowMenuProps = {
  secret: SecretView;
  button: HTMLElement;
  onChoose: (action: SecretAction) => void;
  onClose: () => void;
};

type Item = { action: SecretAction; label: string; hindrance?: string | null | undefined };

/** The menu **Actions** of one row. What cannot be done says why, below its name. */
export function RowMenu({ secret, button, onChoose, onClose }: RowMenuProps) {
  const { id, name } = secret.metadata;
  const { availability } = secret;
  const { copy } = useSecretUrl();
  const items: Item[] = [
    { action: 'view', label: 'View secret', hindrance: availability.view },
    { action: 'details', label: 'Details' },
    { action: 'rotate', label: 'Rotate', hindrance: availability.rotate },
    { action: 'versions', label: 'Version history' },
    ...(issuanceOf(secret.metadata) ? [{ action: 'challenges', label: 'Challenges' } as const] : []),
    ...(isCertificate(secret.metadata.secret_type) ? certificateItems(secret) : []),
  ];
  const { left, right, top, bottom } = button.getBoundingClientRect();
  return (
    <Menu
      open
      label={`Actions for ${name}`}
      size="md"
      x={[left, right]}
      y={[top, bottom]}
      onClose={onClose}
      className="kt-row-menu"
    >
      {items.map(({ action, label, hindrance }) => (
        <ActionItem key={action} label={label} hindrance={hindrance} onChoose={() => onChoose(action)} />
      ))}
      <ActionItem label="Locks" onChoose={() => onChoose('locks')} />
      <ActionItem label="Copy to…" hindrance={availability.view} onChoose={() => onChoose('copy')} />
      <ActionItem label="Copy secret URL" onChoose={() => copy({ id, name })} />
      <MenuItemDivider />
      <ActionItem label="Delete" danger hindrance={availability.delete} onChoose={() => onChoose('delete')} />
    </Menu>
  );
}

function certificateItems({ availability }: SecretView): Item[] {
  return [
    { action: 'download-certificate', label: 'Download', hindrance: availability.view },
    { action: 'check-deployment', label: 'Check deployment', hindrance: availability.view },
  ];
}
