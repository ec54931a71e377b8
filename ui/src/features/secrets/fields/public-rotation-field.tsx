import { Toggle } from '@carbon/react';

type PublicRotationFieldProps = {
  rotates: boolean;
  newKeys: boolean;
  /** Whether a person sets the records, so that nothing can be rotated without one. */
  manual: boolean;
  onChange: (change: { rotates?: boolean; newKeys?: boolean }) => void;
  error?: string | undefined;
};

/** Whether the instance orders the next certificate in time, and whether that has a new key. It has no interval. */
export function PublicRotationField({ rotates, newKeys, manual, onChange, error }: PublicRotationFieldProps) {
  return (
    <>
      <div className="kt-field">
        <Toggle
          id="kt-public-rotation"
          labelText="Automatic rotation"
          labelA="Off"
          labelB="On"
          toggled={rotates && !manual}
          disabled={manual}
          aria-describedby="kt-public-rotation-text"
          onToggle={(on) => onChange({ rotates: on })}
        />
        <p id="kt-public-rotation-text" className="kt-due-text">
          {manual
            ? 'Not with the DNS provider Manual: only you can set the TXT records. You are asked in time instead.'
            : 'A new certificate is ordered in time before this one expires, 31 days before as a rule.'}
        </p>
        {error !== undefined && (
          <p className="kt-field__error" role="alert">
            {error}
          </p>
        )}
      </div>
      <RotateKeysField newKeys={newKeys} onChange={(on) => onChange({ newKeys: on })} />
    </>
  );
}

type RotateKeysFieldProps = { newKeys: boolean; onChange: (on: boolean) => void };

/** **Rotate keys**: whether the next certificate is for another private key. */
export function RotateKeysField({ newKeys, onChange }: RotateKeysFieldProps) {
  return (
    <div className="kt-field">
      <Toggle
        id="kt-public-keys"
        labelText="Rotate keys"
        labelA="Off"
        labelB="On"
        toggled={newKeys}
        aria-describedby="kt-public-keys-text"
        onToggle={onChange}
      />
      <p id="kt-public-keys-text" className="kt-due-text">
        {newKeys ? 'The next certificate has a new private key.' : 'The next certificate keeps the private key.'}
      </p>
    </div>
  );
}
