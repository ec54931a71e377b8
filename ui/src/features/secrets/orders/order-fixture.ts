import type { Challenge, Checked, IssuanceInfo, OrderView, SecretView, ServerAnswer, Wanted } from '../../../ipc/bindings';
import { secret } from '../secret-fixture';
import type { PublicCertMetadata } from './issuance';

/** A challenge as Rust hands it out, for unit tests. */
export function challenge(domain = 'example.test', over: Partial<Challenge> = {}): Challenge {
  return {
    domain,
    status: 'pending',
    expiration: '2099-01-08T00:00:00Z',
    txt_record_name: `_acme-challenge.${domain.replace('*.', '')}.`,
    txt_record_value: `value-of-${domain}`,
    ...over,
  };
}

/** An order that waits for the records of a domain and its wildcard, which share a name. */
export function order(over: Partial<OrderView> = {}): OrderView {
  return {
    stage: 'awaiting_records',
    challenges: [challenge(), challenge('*.example.test')],
    expires: '2099-01-08T00:00:00Z',
    trouble: null,
    next_try: null,
    former: [],
    caa_identities: ['letsencrypt.org'],
    rotate_keys: false,
    version_custom_metadata: null,
    ...over,
  };
}

export function issuance(over: Partial<IssuanceInfo> = {}): IssuanceInfo {
  return {
    auto_rotated: false,
    challenges: order().challenges,
    dns_challenge_validation_time: null,
    error_code: null,
    error_message: null,
    ordered_on: '2026-01-02T03:04:05Z',
    state: 0,
    state_description: 'pre_activation',
    ...over,
  };
}

/** A secret whose certificate is ordered; its DNS provider is a person. */
export function publicSecret(over: Partial<PublicCertMetadata> = {}, view: Partial<SecretView> = {}): SecretView {
  const made = secret('shop', { rotates_alone: true, ...view });
  const metadata = {
    ...made.metadata,
    secret_type: 'public_cert',
    key_algorithm: 'ECDSA256',
    rotation: { auto_rotate: false, rotate_keys: false },
    bundle_certs: true,
    ca: 'staging',
    dns: 'manual',
    common_name: 'example.test',
    alt_names: ['*.example.test'],
    issuance_info: issuance(),
    ...over,
  } as PublicCertMetadata;
  return { ...made, metadata };
}

export function server(answer: ServerAnswer['answer'], over: Partial<ServerAnswer> = {}): ServerAnswer {
  return { name: 'ns1.example.test', address: '192.0.2.1', authoritative: true, answer, ...over };
}

/** What a look-up found; without more, that the record is there. */
export function checked(over: Partial<Checked> = {}): Checked {
  return {
    record: recordOf(challenge()),
    zone: 'example.test',
    relative_name: '_acme-challenge',
    followed: null,
    servers: [server({ kind: 'seen', ttl: 60 })],
    agreed: true,
    mistakes: [],
    trouble: null,
    ...over,
  };
}

/** A record as it is asked for. */
export function recordOf({ domain, txt_record_name: name, txt_record_value: value }: Challenge): Wanted {
  return { domain, name, value };
}

export const missing = () => checked({ agreed: false, servers: [server({ kind: 'missing', ttl: null })] });
