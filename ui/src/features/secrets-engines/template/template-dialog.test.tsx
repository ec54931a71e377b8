import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import type { Problem, SecretGroupView } from '../../../ipc/bindings';
import { certificateTemplate, rootAuthority, usualRules } from '../../../ipc/configuration-fixture';
import { group, theDefault } from '../../../ipc/group-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import type { Opening } from '../actions/configuration-action';
import { OpenedDialog } from '../opened-dialog';
import type { Branch } from '../tree/tree';

const all = { ...usualRules, allowed_secret_groups: null, max_ttl: null };

let calls: Call[];
let refusal: Problem | null;
let groups: () => SecretGroupView[];
const onDone = vi.fn();

beforeEach(() => {
  refusal = null;
  groups = () => [theDefault(), group('payments')];
  onDone.mockClear();
  const answer = () => (refusal ? refuse(refusal) : certificateTemplate('web', 'root'));
  calls = answerCalls({
    list_groups: () => groups(),
    list_configurations: () => [],
    create_configuration: answer,
    edit_configuration: answer,
  });
});

function open(opening: Opening, view: Branch['view']) {
  const branch = { id: 'x', view, depth: 0, parent: null, below: [] };
  renderScreen(<OpenedDialog opening={opening} branch={branch} onClose={() => undefined} onDone={onDone} />);
}
const sent = (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name });

describe('the form of a template', () => {
  it('adds one with the defaults of the service', async () => {
    open('add-template', rootAuthority('root'));
    await userEvent.type(screen.getByLabelText('Name'), 'web');
    await press('Add');
    await waitFor(() => expect(onDone).toHaveBeenCalledWith('Added web'));
    expect(sent('create_configuration')).toEqual([
      {
        configuration: {
          name: 'web',
          detail: {
            config_type: 'private_cert_configuration_template',
            certificate_authority: 'root',
            ...all,
          },
        },
      },
    ]);
  });

  it('sends what was changed, and every other rule as it was', async () => {
    const over = { allowed_domains: ['example.com'], key_usage: ['digitalsignature'], ttl: '45m' };
    open('edit', certificateTemplate('web', 'root', over));
    expect(screen.queryByLabelText('Name')).toBeNull();
    await press('Domain settings');
    await userEvent.type(screen.getByLabelText('Allowed domains'), '{Enter}example.org');
    await userEvent.click(box('Allow subdomains'));
    await press('Certificate roles');
    expect(box('digitalsignature').checked).toBe(true);
    await userEvent.click(box('KeyAgreement'));
    await userEvent.click(screen.getByRole('combobox', { name: /Allowed secret groups/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'payments' }));
    await press('Save');
    await waitFor(() => expect(onDone).toHaveBeenCalledWith('Saved web'));
    expect(sent('edit_configuration')).toEqual([
      {
        configType: 'private_cert_configuration_template',
        name: 'web',
        revision: '1',
        patch: {
          config_type: 'private_cert_configuration_template',
          ...all,
          ttl: '45m',
          allowed_secret_groups: 'id-payments',
          allowed_domains: ['example.com', 'example.org'],
          allow_subdomains: true,
          key_usage: ['digitalsignature', 'KeyAgreement'],
        },
      },
    ]);
  });

  it('keeps the groups that are allowed, also one that is gone, until somebody changes them', async () => {
    open('edit', certificateTemplate('web', 'root', { allowed_secret_groups: 'id-payments,id-gone' }));
    await waitFor(() => expect(calls.some(({ command }) => command === 'list_groups')).toBe(true));
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
    // how many are chosen, once their names are read
    await waitFor(() => expect(document.querySelector('.cds--tag')?.textContent).toContain('2'));
    expect(save.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText('Maximum TTL'), '24');
    await userEvent.click(save);
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent('edit_configuration')).toMatchObject([
      { patch: { allowed_secret_groups: 'id-payments,id-gone', max_ttl: '24h' } },
    ]);
  });

  it('keeps the groups when their names could be read the second time only', async () => {
    groups = () => refuse({ code: 'io', message: 'The disk is gone.' });
    open('edit', certificateTemplate('web', 'root', { allowed_secret_groups: 'id-payments' }));
    await screen.findByText('The disk is gone.');
    groups = () => [theDefault(), group('payments'), group('mail')];
    await press('Try again');
    await waitFor(() => expect(document.querySelector('.cds--tag')?.textContent).toContain('1'));
    await userEvent.click(screen.getByRole('combobox', { name: /Allowed secret groups/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'mail' }));
    await press('Save');
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent('edit_configuration')).toMatchObject([{ patch: { allowed_secret_groups: 'id-payments,id-mail' } }]);
  });

  it('keeps what was entered when there are as many templates as there can be', async () => {
    refusal = {
      code: 'limit_reached',
      message: 'The instance has reached the maximum of 10 configurations of this kind.',
      remedy: 'Delete one that is no longer used.',
    };
    open('add-template', rootAuthority('root'));
    await userEvent.type(screen.getByLabelText('Name'), 'web');
    await press('Add');
    await screen.findByText('The instance has reached the maximum of 10 configurations of this kind.');
    expect(screen.getByText('Delete one that is no longer used.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('web');
    expect(onDone).not.toHaveBeenCalled();
  });

  it('shows a refusal at its rule, and offers to look again after a conflict', async () => {
    refusal = { code: 'bad_request', message: 'Longer than the authority gives.', target: { type: 'field', name: 'ttl' } };
    open('add-template', rootAuthority('root'));
    await userEvent.type(screen.getByLabelText('Name'), 'web');
    await press('Add');
    await screen.findByText('Longer than the authority gives.');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('TTL')));
    refusal = { code: 'conflict', message: 'Somebody changed it.' };
    await press('Add');
    await screen.findByText('Somebody changed it.');
    await press('Reload and review');
    await waitFor(() => expect(screen.queryByText('Somebody changed it.')).toBeNull());
  });
});
