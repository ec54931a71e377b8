import { PasswordInput, TextInput } from '@carbon/react';
import type { ComponentProps } from 'react';

/*
 * Carbon ties a field to the sentence about its fault by `aria-errormessage` alone, which many screen
 * readers do not follow. Here the sentence describes the field as well.
 */

type Described = { id: string; invalid?: boolean; 'aria-describedby'?: string | undefined };

function description({ id, invalid, 'aria-describedby': described }: Described): { 'aria-describedby'?: string } {
  const words = [described, invalid && `${id}-error-msg`].filter(Boolean).join(' ');
  return words ? { 'aria-describedby': words } : {};
}

/** Carbon's text input. */
export function TextField(props: ComponentProps<typeof TextInput>) {
  return <TextInput {...props} {...description(props)} />;
}

/** Carbon's password input. */
export function PasswordTextField(props: ComponentProps<typeof PasswordInput>) {
  return <PasswordInput {...props} {...description(props)} />;
}
