import type { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { ComponentProps } from 'react';
import type { CertificateComparison, ComparedCertificates, PartChange } from '../../../../ipc/bindings';

/** What became of one property, as an icon and a word. */
export type Change = { word: string; kind: ComponentProps<typeof IconIndicator>['kind'] };

/** One property of both certificates. */
export type ChangeRow = { property: string; older: string; newer: string; change: Change };

const same: Change = { word: 'Same', kind: 'succeeded' };
const changed: Change = { word: 'Changed', kind: 'informative' };
const weaker: Change = { word: 'Weaker', kind: 'caution-major' };

const there = (word: string) => ({ there: word, absent: 'None' });

/** What both certificates say beside their names and dates, property by property. */
export function changeRows({ old, new: now, comparison }: ComparedCertificates): ChangeRow[] {
  const { issuer, serial_number: serial, same_key, key_algorithm: key, signing_algorithm: signed } = comparison;
  return [
    {
      property: 'Common name',
      older: old.subject.common_name ?? 'None',
      newer: now.subject.common_name ?? 'None',
      change: old.subject.common_name === now.subject.common_name ? same : changed,
    },
    { property: 'Issuer', older: issuer.old, newer: issuer.new, change: issuer.same ? same : changed },
    { property: 'Serial number', older: serial.old, newer: serial.new, change: serial.same ? same : changed },
    {
      property: 'Key',
      older: key.old,
      newer: key.new,
      change: keyWords(same_key, key.weaker),
    },
    {
      property: 'Signature algorithm',
      older: signed.old,
      newer: signed.new,
      change: signed.weaker ? weaker : signed.old === signed.new ? same : changed,
    },
    partRow('Intermediates', comparison.intermediate, there('Included')),
    partRow('Private key', comparison.private_key, there('Kept in the vault')),
    {
      property: 'Authority',
      older: comparison.old_ca ? 'Yes' : 'No',
      newer: comparison.new_ca ? 'Yes' : 'No',
      change: comparison.old_ca === comparison.new_ca ? same : { word: 'Changed', kind: 'caution-major' },
    },
  ];
}

/** Whether the new certificate ends before the old one. */
export function endChange({ validity }: CertificateComparison): Change {
  if (validity.ends_earlier) return { word: 'Earlier', kind: 'caution-major' };
  return validity.old_not_after === validity.new_not_after ? same : { word: 'Later', kind: 'succeeded' };
}

/** The start says nothing good or bad. */
export function startChange({ validity }: CertificateComparison): Change {
  return validity.old_not_before === validity.new_not_before ? same : changed;
}

function keyWords(isSame: boolean, isWeaker: boolean): Change {
  if (isSame) return { word: 'Same key', kind: 'succeeded' };
  return isWeaker ? { word: 'New key, weaker', kind: 'caution-major' } : { word: 'New key', kind: 'informative' };
}

function partRow(property: string, change: PartChange, words: { there: string; absent: string }): ChangeRow {
  const rows: Record<PartChange, [boolean, boolean, Change]> = {
    absent: [false, false, same],
    same: [true, true, same],
    other: [true, true, changed],
    now_missing: [true, false, { word: 'Missing now', kind: 'caution-major' }],
    now_there: [false, true, { word: 'There now', kind: 'informative' }],
  };
  const [before, after, what] = rows[change];
  const word = (isThere: boolean) => (isThere ? words.there : words.absent);
  return { property, older: word(before), newer: word(after), change: what };
}
