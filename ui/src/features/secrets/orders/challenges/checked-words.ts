import type { Answer, Checked, Mistake, ServerAnswer } from '../../../../ipc/bindings';
import { count } from '../../../../components/amounts';

type Kind = 'succeeded' | 'failed' | 'caution-major' | 'caution-minor' | 'in-progress' | 'not-started' | 'informative';

/** Name of the button that looks; texts that lead to it use it, too. */
export const lookLabel = 'Check DNS';

/** What a look-up found, as a word with its icon. */
export type Verdict = { word: string; kind: Kind };

const unasked: Verdict = { word: 'Not checked yet', kind: 'not-started' };

/** Whether a record that is to be set is there. */
export function verdictOf(checked: Checked | undefined): Verdict {
  if (!checked) return unasked;
  const servers = asked(checked);
  const some = (kind: Answer['kind']) => at(those(servers, kind), servers);
  switch (standing(checked)) {
    case 'seen':
      return { word: 'Seen', kind: 'succeeded' };
    case 'wrong':
      return { word: `Wrong value${some('wrong')}`, kind: 'failed' };
    case 'missing':
      return { word: `Missing${some('missing')}`, kind: 'caution-major' };
    case 'faulty':
      return { word: 'Not in order', kind: 'failed' };
    case 'unknown':
      if (servers.length > 0) return { word: `No answer${some('no_answer')}`, kind: 'caution-minor' };
      return { word: 'Could not be looked up', kind: 'caution-minor' };
  }
}

/** How a record that is to be set stands; the worst that a server said. */
export type Standing = 'seen' | 'wrong' | 'missing' | 'faulty' | 'unknown';

export function standing(checked: Checked): Standing {
  if (checked.agreed) return 'seen';
  const servers = asked(checked);
  if (those(servers, 'wrong') > 0) return 'wrong';
  if (those(servers, 'missing') > 0) return 'missing';
  return checked.mistakes.length > 0 && those(servers, 'no_answer') === 0 ? 'faulty' : 'unknown';
}

function asked({ servers }: Checked): ServerAnswer[] {
  return servers.filter(({ answer }) => answer.kind !== 'not_asked');
}

function those(servers: readonly ServerAnswer[], kind: Answer['kind']): number {
  return servers.filter(({ answer }) => answer.kind === kind).length;
}

/** Whether a record that is to be removed is gone from every server that is an authority for it. */
export function isGone({ servers }: Checked): boolean {
  const own = servers.filter(({ authoritative }) => authoritative);
  return own.length > 0 && own.every(({ answer }) => answer.kind === 'missing' || answer.kind === 'wrong');
}

/** The same in a word. */
export function removalVerdict(checked: Checked | undefined): Verdict {
  if (!checked) return unasked;
  if (isGone(checked)) return { word: 'Gone', kind: 'succeeded' };
  const own = checked.servers.filter(({ authoritative }) => authoritative);
  const seen = those(own, 'seen');
  if (seen > 0) return { word: `Still there${at(seen, own)}`, kind: 'caution-minor' };
  return { word: 'Could not be looked up', kind: 'caution-minor' };
}

/** Whether an authority still has a record that is to be removed. */
export function isThere({ servers }: Checked): boolean {
  return servers.some(({ authoritative, answer }) => authoritative && answer.kind === 'seen');
}

function at(some: number, servers: readonly ServerAnswer[]): string {
  return some === servers.length ? '' : ` at ${some} of ${servers.length} servers`;
}

/** What one server said. */
export function answerWords(answer: Answer): Verdict & { detail: string } {
  switch (answer.kind) {
    case 'seen':
      return { word: 'Seen', kind: 'succeeded', detail: '' };
    case 'wrong':
      return { word: 'Wrong value', kind: 'failed', detail: answer.values.join('\n') };
    case 'missing':
      return { word: 'Missing', kind: 'caution-major', detail: '' };
    case 'no_answer':
      return { word: 'No answer', kind: 'caution-minor', detail: answer.reason };
    case 'not_asked':
      return {
        word: 'Not asked yet',
        kind: 'not-started',
        detail: 'It would remember that the record is missing. It is asked once an authoritative server has it.',
      };
  }
}

/** For how long the answer may be remembered by whoever asks. */
export function ttlWords(answer: Answer): string {
  if (!('ttl' in answer) || answer.ttl === null) return '—';
  return answer.ttl === 1 ? '1 second' : `${count(answer.ttl)} seconds`;
}

/** What seems to be wrong with a record, and what to do about it. */
export function mistakeWords(mistake: Mistake): { what: string; remedy: string } {
  switch (mistake.kind) {
    case 'zone_doubled':
      return {
        what: `The record is at ${mistake.found_at}: the zone is in its name twice.`,
        remedy: 'Your DNS provider adds the zone by itself. Enter only the part of the name before the zone.',
      };
    case 'quoted':
      return {
        what: 'Quotes or spaces are part of the value.',
        remedy: 'Enter the value as it is here, without anything before or after it.',
      };
    case 'other_value_only':
      return {
        what: 'Of the two values for this name only the other one is there.',
        remedy: 'Add a second TXT record with the same name for this value; both have to be there at once.',
      };
    case 'wrong_depth':
      return {
        what: `The record is at ${mistake.found_at}, which is another name.`,
        remedy: 'Add it under the full name that is shown here, and remove the other one.',
      };
    case 'cname_elsewhere':
      return {
        what: `A CNAME record leads to ${mistake.target}, and the record is not there.`,
        remedy: 'Add the TXT record at that name, or remove the CNAME record.',
      };
    case 'caa_forbids':
      return {
        what:
          mistake.issuers.length === 0
            ? 'CAA records forbid every certificate authority to issue for this domain.'
            : `CAA records allow only ${mistake.issuers.join(', ')} to issue for this domain.`,
        remedy: 'Add a CAA record for your certificate authority, or order from one that is allowed.',
      };
    case 'caa_unknown':
      return {
        what: `The CAA records of ${mistake.name} could not be looked up. The certificate authority refuses to issue then, too.`,
        remedy: 'Make its name servers answer questions for CAA records, if only that there are none.',
      };
    case 'no_zone':
      return {
        what: 'There is no zone for this name.',
        remedy: 'The domain is not registered or misspelt. A misspelt name needs a new certificate.',
      };
  }
}
