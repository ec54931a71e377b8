import { linesOf, linesText } from '../../components/lines';
import type { DnsLookup } from '../../ipc/bindings';

/** How records are looked up, while it is changed. */
export type DnsDraft = {
  /** One server per line. */
  resolvers: string;
  authoritativeOnly: boolean;
  /** One server per line. */
  discovery: string;
  port: number | string;
};

/** Names of the fields on the wire that the form shows. */
export const dnsFields: readonly string[] = ['resolvers', 'discovery', 'authoritative_port'];

export const portBounds = { min: 1, max: 65_535 };

export function dnsDraft(lookup: DnsLookup): DnsDraft {
  return {
    resolvers: linesText(lookup.resolvers),
    authoritativeOnly: lookup.authoritative_only ?? false,
    discovery: linesText(lookup.discovery),
    port: lookup.authoritative_port ?? 53,
  };
}

export function dnsLookup({ resolvers, authoritativeOnly, discovery, port }: DnsDraft): DnsLookup {
  return {
    resolvers: linesOf(resolvers),
    authoritative_only: authoritativeOnly,
    discovery: linesOf(discovery),
    authoritative_port: Number(port),
  };
}

/** Whether two drafts ask the same servers in the same way. */
export function isSameLookup(one: DnsDraft, other: DnsDraft): boolean {
  return JSON.stringify(dnsLookup(one)) === JSON.stringify(dnsLookup(other));
}

/** What is still unsaved after `sent` was: all that was typed since. */
export function withoutSent(changes: Partial<DnsDraft>, sent: Partial<DnsDraft>): Partial<DnsDraft> {
  const left = Object.entries(changes).filter(([part, value]) => value !== sent[part as keyof DnsDraft]);
  return Object.fromEntries(left);
}

export function isPort(port: number | string): boolean {
  const number = Number(port);
  return port !== '' && Number.isInteger(number) && number >= portBounds.min && number <= portBounds.max;
}
