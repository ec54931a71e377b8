import { RadioButton, RadioButtonGroup, Stack } from '@carbon/react';
import { LinesField } from '../../../../components/lines-field';
import { TextField } from '../../../../components/text-field';
import { fieldError } from '../../../../ipc/problem';
import type { Access, NewIamCredentials } from './new-iam-credentials';

type AccessFieldsProps = {
  draft: NewIamCredentials;
  onChange: (part: Partial<NewIamCredentials>) => void;
  error: unknown;
};

const meanings: Readonly<Record<Access, string>> = {
  groups: 'A service ID is made for the API key, becomes a member of the groups, and is removed with it.',
  'service-id': 'The API key is made for a service ID that is there, and that stays when the key is removed.',
};

/** Where the rights of an API key come from, and in which account. */
export function AccessFields({ draft, onChange, error }: AccessFieldsProps) {
  const text = (name: string) => {
    const fault = fieldError(error, name);
    return { autoComplete: 'off', spellCheck: false, invalid: fault !== undefined, invalidText: fault ?? '' };
  };
  return (
    <Stack gap={6}>
      <RadioButtonGroup
        legendText="Assign access"
        name="kt-iam-access"
        orientation="vertical"
        valueSelected={draft.access}
        helperText={meanings[draft.access]}
        onChange={(value) => onChange({ access: value === 'groups' ? 'groups' : 'service-id' })}
      >
        <RadioButton id="kt-iam-access-groups" value="groups" labelText="Access groups" />
        <RadioButton id="kt-iam-access-service" value="service-id" labelText="Existing service ID" />
      </RadioButtonGroup>
      {draft.access === 'groups' ? (
        <LinesField
          id="kt-iam-groups"
          label="Access group IDs"
          helperText="1 to 10 ids that begin with AccessGroupId-."
          rows={3}
          text={draft.groups}
          onChange={(groups) => onChange({ groups })}
          error={fieldError(error, 'access_groups')}
        />
      ) : (
        <TextField
          {...text('service_id')}
          id="kt-iam-service"
          labelText="Service ID"
          helperText="It begins with ServiceId-."
          value={draft.serviceId}
          onChange={(event) => onChange({ serviceId: event.target.value })}
        />
      )}
      <TextField
        {...text('account_id')}
        id="kt-iam-account"
        labelText="Account ID (optional)"
        helperText="Blank: the account that the configuration works in."
        value={draft.accountId}
        onChange={(event) => onChange({ accountId: event.target.value })}
      />
    </Stack>
  );
}
