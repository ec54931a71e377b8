import { CloudServiceManagement, Code } from '@carbon/icons-react';
import { readType } from '../secret-type';
import { RotateBody } from './rotate-body';

/** A rotation of credentials: nothing is entered. */
type NothingEntered = Record<string, never>;

const generated = {
  empty: {},
  Body: RotateBody,
  fields: [],
  missing: () => null,
  filled: () => false,
  files: () => [],
  withoutFiles: (draft: NothingEntered) => draft,
  // nobody knows the next value before it is made
  compares: () => 'never' as const,
};

/** Credentials of a service of the cloud, which makes them. */
export const serviceCredentials = readType<NothingEntered>({
  secretType: 'service_credentials',
  title: 'Service credentials',
  description: 'Credentials of a cloud service, which the service makes.',
  icon: CloudServiceManagement,
  expires: false,
  rotation: { ...generated, form: () => ({ secret_type: 'service_credentials' }) },
});

/** Credentials of any provider, which a job of the person makes. */
export const customCredentials = readType<NothingEntered>({
  secretType: 'custom_credentials',
  title: 'Custom credentials',
  description: 'Credentials of any provider, which a job of your own makes.',
  icon: Code,
  expires: false,
  rotation: { ...generated, form: () => ({ secret_type: 'custom_credentials' }) },
});
