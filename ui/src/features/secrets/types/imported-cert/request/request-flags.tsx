import { Checkbox, CheckboxGroup } from '@carbon/react';
import type { RequestFlag } from '../../../certificate/request/request-words';
import type { RequestDraft } from './request';

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
