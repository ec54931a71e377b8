import { commands, type ConfigurationView, type Revision } from '../../../ipc/bindings';
import type { AuthorityConfiguration } from '../../../ipc/configurations';
import { EditAuthorityDialog } from '../authority/edit-authority-dialog';
import { BringSignedDialog } from './bring-signed-dialog';
import type { Opening } from './configuration-action';
import { ConfirmDialog } from './confirm-dialog';
import { RevokeDialog } from './revoke-dialog';
import { SignDialog } from './sign-dialog';
import { SignCsrDialog } from './sign-csr-dialog';

type AuthorityDialogProps = {
  opening: Exclude<Opening, 'details' | 'delete' | 'add-template'>;
  authority: AuthorityConfiguration;
  revision: Revision;
  /** The authority that signs it. */
  parent: ConfigurationView | null;
  onClose: () => void;
  onDone: (title: string, subtitle?: string) => void;
};

/** The dialog for an action that only an authority has. */
export function AuthorityDialog({ opening, authority, revision, parent, onClose, onDone }: AuthorityDialogProps) {
  const { name, config_type } = authority;
  switch (opening) {
    case 'edit':
      return (
        <EditAuthorityDialog
          authority={authority}
          revision={revision}
          onClose={onClose}
          onSaved={() => onDone(`Saved ${name}`)}
        />
      );
    case 'bring-signed':
      return <BringSignedDialog authority={authority} onClose={onClose} onDone={() => onDone(`${name} is signed`)} />;
    case 'sign-csr':
      return <SignCsrDialog authority={authority} onClose={onClose} />;
    case 'revoke':
      return <RevokeDialog authority={authority} onClose={onClose} onDone={onDone} />;
    case 'sign':
      return (
        <SignDialog
          authority={authority}
          parent={parent}
          onClose={onClose}
          onDone={() => onDone(`${name} is signed`)}
        />
      );
    case 'rotate':
      return (
        <ConfirmDialog
          heading={`Rotate ${name}`}
          label="Rotate"
          progress="Rotating…"
          run={() =>
            commands.actOnConfiguration(config_type, name, {
              action_type: 'private_cert_configuration_action_rotate_intermediate',
            })
          }
          onClose={onClose}
          onDone={() => onDone(`Rotated ${name}`, 'Rotate the certificates that it signed to have them signed anew.')}
        >
          The authority gets another key, and a certificate for it that {authority.issuer} signs. Certificates that the
          old key signed stay valid until they end, and can still be revoked.
        </ConfirmDialog>
      );
  }
}
