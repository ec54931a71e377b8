import type { VersionView } from '../../../ipc/bindings';

/** Two versions to be compared. */
export type VersionPair = { older: VersionView; newer: VersionView };

/** A version in a list of them to choose from. */
export type VersionChoice = {
  version: VersionView;
  /** Why it cannot be chosen. */
  hindrance: string | null;
};

const dateFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** Why a version cannot be compared with any other one. */
export function compareHindrance(version: VersionView, versions: readonly VersionView[]): string | null {
  if (version.view_hindrance) return version.view_hindrance;
  return partnerOf(version, versions) ? null : 'There is no other version whose value can be read.';
}

/** The pair that is compared first: the version and the current one, or the one before for the current one. */
export function firstPair(version: VersionView, versions: readonly VersionView[]): VersionPair {
  const other = partnerOf(version, versions) ?? version;
  return version.number < other.number ? { older: version, newer: other } : { older: other, newer: version };
}

/** What can be chosen for one side; the older one stays the older one. */
export function choicesFor(
  side: keyof VersionPair,
  { older, newer }: VersionPair,
  versions: readonly VersionView[],
): VersionChoice[] {
  return versions.map((version) => ({
    version,
    hindrance:
      version.view_hindrance ??
      (side === 'older' && version.number >= newer.number ? `not older than version ${newer.number}` : null) ??
      (side === 'newer' && version.number <= older.number ? `not newer than version ${older.number}` : null),
  }));
}

/** A version in one line, and why it cannot be chosen. */
export function choiceWords({ version, hindrance }: VersionChoice): string {
  const { number, metadata } = version;
  const alias = metadata.alias ? ` (${metadata.alias})` : '';
  return `Version ${number}${alias}, ${hindrance ?? dateFormat.format(new Date(metadata.created_at))}`;
}

/** The newest other one that can be read. They come newest first. */
function partnerOf(version: VersionView, versions: readonly VersionView[]): VersionView | undefined {
  return versions.find(({ number, view_hindrance }) => number !== version.number && !view_hindrance);
}
