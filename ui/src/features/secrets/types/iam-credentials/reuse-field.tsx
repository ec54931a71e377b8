import { Toggle } from '@carbon/react';

type ReuseFieldProps = { reuse: boolean; onChange: (reuse: boolean) => void; error: string | undefined };

/** **Reuse IAM credentials until lease expires**. */
export function ReuseField({ reuse, onChange, error }: ReuseFieldProps) {
  return (
    <div className="kt-field">
      <Toggle
        id="kt-iam-reuse"
        labelText="Reuse IAM credentials until lease expires"
        labelA="Off"
        labelB="On"
        toggled={reuse}
        aria-describedby="kt-iam-reuse-text"
        onToggle={onChange}
      />
      <p id="kt-iam-reuse-text" className="kt-due-text">
        {reuse
          ? 'One API key is read again and again until its lease ends. This cannot be changed later.'
          : 'Each reading makes an API key of its own, which is removed when its lease ends. Such credentials cannot be rotated, nor read while they are locked. This cannot be changed later.'}
      </p>
      {error !== undefined && (
        <p className="kt-field__error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
