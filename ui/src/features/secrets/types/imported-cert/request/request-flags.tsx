import { Checkbox, CheckboxGroup } from '@carbon/react';
import type { RequestDraft, RequestFlag } from './request';

type RequestFlagsProps = {
  legend: string;
  asked: readonly { flag: RequestFlag; label: string }[];
  request: RequestDraft;
  onChange: (request: RequestDraft) => void;
};

/** Switches of a request. */
export function RequestFlags({ legend, asked, request, onChange }: RequestFlagsProps) {
  return (
    <CheckboxGroup legendText={legend} orientation="horizontal">
      {asked.map(({ flag, label }) => (
        <Checkbox
          key={flag}
          id={`kt-csr-${flag}`}
          labelText={label}
          checked={request.flags[flag]}
          onChange={(_, { checked }) => onChange({ ...request, flags: { ...request.flags, [flag]: checked } })}
        />
      ))}
    </CheckboxGroup>
  );
}

export const roleFlags = [
  { flag: 'server_flag', label: 'Server' },
  { flag: 'client_flag', label: 'Client' },
  { flag: 'code_signing_flag', label: 'Code signing' },
  { flag: 'email_protection_flag', label: 'E-mail protection' },
] as const;

export const nameFlags = [
  { flag: 'require_cn', label: 'Require a common name' },
  { flag: 'exclude_cn_from_sans', label: 'Leave the common name out of the alternative names' },
] as const;
