import type { NewPrivateCertForm } from '../../../../ipc/bindings';
import { lifetimeFault, noLifetime, ttlText, type Lifetime } from '../../../../components/lifetime';
import { linesOf } from '../../../../components/lines';
import { noAutoRotation, rotationFault, rotationPolicy, type AutoRotation } from '../../fields/auto-rotation';
import { valueFilled } from '../../fields/value';
import type { Missing } from '../secret-type';
import { csrInput, csrMissing, noCsr, type CsrDraft } from './csr';

/** A new private certificate while it is entered. */
export type NewPrivateCert = {
  template: string;
  commonName: string;
  /** One per line, as the next three. */
  altNames: string;
  ips: string;
  uris: string;
  others: string;
  ttl: Lifetime;
  csr: CsrDraft;
  rotation: AutoRotation;
};

export const emptyPrivateCert: NewPrivateCert = {
  template: '',
  commonName: '',
  altNames: '',
  ips: '',
  uris: '',
  others: '',
  ttl: noLifetime('day'),
  csr: noCsr,
  rotation: noAutoRotation,
};

/** Whether it says what the certificate is for. */
export function isNamed({ commonName, altNames, ips, uris, others, csr }: NewPrivateCert): boolean {
  return [commonName, altNames, ips, uris, others].some((text) => text.trim() !== '') || csrInput(csr) !== null;
}

export function privateCertMissing({ template, ttl, csr, rotation }: NewPrivateCert): Missing {
  if (template === '') return { field: 'certificate_template', message: 'Choose a certificate template.' };
  const length = lifetimeFault(ttl);
  if (length !== null) return { field: 'ttl', message: length };
  const request = csrMissing(csr);
  if (request) return request;
  const interval = rotationFault(rotation);
  return interval === null ? null : { field: 'rotation', message: interval };
}

export function privateCertFilled(draft: NewPrivateCert): boolean {
  const { commonName, altNames, ips, uris, others, ttl, csr, rotation } = draft;
  const typed = [commonName, altNames, ips, uris, others, ttl.text].some((text) => text !== '');
  return typed || valueFilled(csr) || rotation.on;
}

export function privateCertForm(draft: NewPrivateCert): NewPrivateCertForm {
  return {
    certificate_template: draft.template,
    common_name: draft.commonName.trim(),
    alt_names: linesOf(draft.altNames),
    ip_sans: linesOf(draft.ips).join(','),
    uri_sans: linesOf(draft.uris).join(','),
    other_sans: linesOf(draft.others),
    exclude_cn_from_sans: false,
    csr: csrInput(draft.csr),
    ttl: ttlText(draft.ttl),
    rotation: rotationPolicy(draft.rotation),
  };
}
