import { MenuItemDivider } from '@carbon/react';
import { ActionItem } from '../../../components/action-item';
import type { AuthorityFile } from '../../../ipc/bindings';
import type { AuthorityConfiguration } from '../../../ipc/configurations';
import { useOfflineReason } from '../../../ipc/instances';
import { signingHindrance } from '../tree/standing';
import type { Branch } from '../tree/tree';
import type { ConfigurationAction } from './configuration-action';
import { downloadHindrance, parentHindrance } from './hindrances';

type AuthorityActionsProps = {
  authority: AuthorityConfiguration;
  branch: Branch;
  onChoose: (action: ConfigurationAction) => void;
};

const downloads: { file: AuthorityFile; label: string }[] = [
  { file: 'certificate', label: 'Download certificate' },
  { file: 'chain', label: 'Download chain' },
  { file: 'csr', label: 'Download CSR' },
  { file: 'crl_pem', label: 'Download revocation list (PEM)' },
  { file: 'crl_der', label: 'Download revocation list (DER)' },
];

/** What can be done with an authority besides what can be done with everything. */
export function AuthorityActions({ authority, branch, onChoose }: AuthorityActionsProps) {
  const below = authority.config_type === 'private_cert_configuration_intermediate_ca';
  const external = authority.signing_method === 'external';
  const offline = useOfflineReason();
  const signing = offline ?? signingHindrance(authority);
  return (
    <>
      <ActionItem label="Add template" hindrance={signing} onChoose={() => onChoose('add-template')} />
      {below && (
        <ActionItem
          label="Sign certificate"
          hindrance={offline ?? (external ? null : parentHindrance(authority, branch))}
          onChoose={() => onChoose(external ? 'bring-signed' : 'sign')}
        />
      )}
      <ActionItem label="Sign CSR" hindrance={signing} onChoose={() => onChoose('sign-csr')} />
      <MenuItemDivider />
      {downloads
        .filter(({ file }) => file !== 'csr' || external)
        .map(({ file, label }) => (
          <ActionItem
            key={file}
            label={label}
            hindrance={offline ?? downloadHindrance(authority, file)}
            onChoose={() => onChoose({ download: file })}
          />
        ))}
      <MenuItemDivider />
      <ActionItem label="Rotate revocation list" hindrance={signing} onChoose={() => onChoose('rotate-list')} />
      {below && (
        <>
          <ActionItem label="Rotate" hindrance={offline ?? authority.rotate_hindrance} onChoose={() => onChoose('rotate')} />
          <ActionItem
            label="Revoke"
            danger
            hindrance={offline ?? authority.revoke_hindrance}
            onChoose={() => onChoose('revoke')}
          />
        </>
      )}
    </>
  );
}
