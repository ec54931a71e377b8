import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { readTypes, secretTypes, typeModule, typeTitle } from './secret-types';

describe('the register of types', () => {
  it('has each type once, under its name on the wire', () => {
    const names = secretTypes.map(({ secretType }) => secretType);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(typeModule(name)?.secretType).toBe(name);
  });

  it('calls a type as the console does, and one it cannot do by its wire name', () => {
    expect(typeTitle('arbitrary')).toBe('Other secret type');
    expect(typeTitle('kv')).toBe('Key-value');
    expect(typeTitle('service_credentials')).toBe('Service credentials');
    expect(typeTitle('custom_credentials')).toBe('Custom credentials');
    expect(typeTitle('other')).toBe('Other');
    expect(typeTitle('iam_credentials')).toBe('IAM credentials');
    expect(typeModule('other')).toBeUndefined();
  });

  it.each(readTypes.map((type) => [type.secretType, type] as const))('rotates %s with nothing to enter', (name, type) => {
    const { Body, empty, missing, form } = type.rotation;
    expect(missing(empty)).toBeNull();
    expect(form(empty).secret_type).toBe(name);
    renderScreen(<Body draft={empty} onChange={vi.fn()} secretId="id-key" error={null} />);
    expect(screen.getByText(/nothing to enter/u)).toBeTruthy();
  });

  describe.each(secretTypes.map((type) => [type.secretType, type] as const))('%s', (name, type) => {
    it('begins with nothing, asks for it, and shows where', () => {
      for (const part of [type.add, type.rotation]) {
        const missing = part.missing(part.empty);
        if (missing) expect(part.fields).toContain(missing.field);
        expect(part.files(part.empty)).toEqual([]);
        const { Body } = part;
        const { unmount } = renderScreen(
          <Body
            draft={part.empty}
            onChange={vi.fn()}
            secretId="id-db-password"
            groupId="default"
            onEngines={vi.fn()}
            error={missing && { code: 'bad_request', message: missing.message, target: { name: missing.field } }}
          />,
        );
        if (missing) expect(screen.getByText(missing.message)).toBeTruthy();
        unmount();
      }
    });

    it('sends its own discriminator', () => {
      expect(type.add.form(type.add.empty).secret_type).toBe(name);
      expect(type.rotation.form(type.rotation.empty).secret_type).toBe(name);
    });
  });
});
