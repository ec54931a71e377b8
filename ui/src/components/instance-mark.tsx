import { Tag, type TagProps } from '@carbon/react';

const colors: NonNullable<TagProps<'div'>['type']>[] = [
  'blue',
  'teal',
  'purple',
  'magenta',
  'green',
  'cyan',
  'red',
  'warm-gray',
];

/** What the colours are called, in their order. */
export const colorNames = ['Blue', 'Teal', 'Purple', 'Magenta', 'Green', 'Cyan', 'Red', 'Warm gray'] as const;

type InstanceMarkProps = { name: string; color: number };

/** Colour and initials of an instance, always beside its name, so that none is taken for another. */
export function InstanceMark({ name, color }: InstanceMarkProps) {
  return (
    <Tag className="kt-mark" size="md" type={colors[color % colors.length] ?? 'gray'} aria-hidden="true">
      {initials(name)}
    </Tag>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s_.-]+/).filter((word) => word !== '');
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0] ?? '');
  return letters.join('').toLocaleUpperCase('en');
}
