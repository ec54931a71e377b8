import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { secret } from '../secret-fixture';
import { OtherFacts } from './other-facts';
import { TypeFacts } from './type-facts';

describe('what another instance says of a secret', () => {
  it('shows what this window does not know under a heading of its own', () => {
    renderScreen(<OtherFacts other={{ referenced_by: ['iam'], rotation: { spin: 'up' }, note: 'seen' }} />);
    expect(screen.getByRole('heading', { name: 'Other' })).toBeTruthy();
    expect(screen.getByText('referenced_by')).toBeTruthy();
    expect(screen.getByText('["iam"]')).toBeTruthy();
    expect(screen.getByText('{"spin":"up"}')).toBeTruthy();
    expect(screen.getByText('seen')).toBeTruthy();
  });

  it('shows nothing where all is known', () => {
    renderScreen(<OtherFacts other={undefined} />);
    expect(screen.queryByRole('heading')).toBeNull();
  });

  it('tells of credentials whose they are and how long they live', () => {
    const { metadata } = secret();
    const { unmount } = renderScreen(
      <TypeFacts
        metadata={{
          ...metadata,
          secret_type: 'service_credentials',
          source_service: { instance: { crn: 'crn:object-storage' } },
          ttl: '30m',
        }}
      />,
    );
    expect(screen.getByText('crn:object-storage')).toBeTruthy();
    expect(screen.getByText('30m')).toBeTruthy();
    unmount();
    renderScreen(
      <TypeFacts
        metadata={{ ...metadata, secret_type: 'custom_credentials', configuration: 'job', last_rotation_failed: true }}
      />,
    );
    expect(screen.getByText('job')).toBeTruthy();
    expect(screen.getByText('Failed')).toBeTruthy();
  });

  it('tells of IAM credentials whose key it is, what it may do and how long it lives', () => {
    const { metadata } = secret();
    renderScreen(
      <TypeFacts
        metadata={{
          ...metadata,
          secret_type: 'iam_credentials',
          ttl: '720h',
          access_groups: ['AccessGroupId-aa', 'AccessGroupId-bb'],
          service_id_is_static: false,
          reuse_api_key: false,
        }}
      />,
    );
    expect(screen.getByText('30 days')).toBeTruthy();
    expect(screen.getByText('AccessGroupId-aa, AccessGroupId-bb')).toBeTruthy();
    expect(screen.getAllByText('Made by each reading')).toHaveLength(2);
    expect(screen.getByText('Off')).toBeTruthy();
  });
});
