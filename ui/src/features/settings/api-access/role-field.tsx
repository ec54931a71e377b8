import { FormGroup, RadioButton, RadioButtonGroup } from '@carbon/react';
import type { Role } from '../../../ipc/bindings';
import { roles } from './role-words';

type RoleFieldProps = { role: Role; onChange: (role: Role) => void };

/** What a key may do, each role with its sentence. */
export function RoleField({ role, onChange }: RoleFieldProps) {
  return (
    <FormGroup legendText="Role" className="kt-api__roles">
      <RadioButtonGroup
        name="kt-key-role"
        orientation="vertical"
        valueSelected={role}
        onChange={(chosen) => {
          const found = roles.find((known) => known.role === chosen);
          if (found) onChange(found.role);
        }}
      >
        {roles.map(({ role: value, does }) => (
          <RadioButton
            key={value}
            id={`kt-key-role-${value}`}
            value={value}
            labelText={
              <>
                {value}
                <span className="kt-api__does"> {does}</span>
              </>
            }
          />
        ))}
      </RadioButtonGroup>
    </FormGroup>
  );
}
