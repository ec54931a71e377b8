import { Document } from '@carbon/icons-react';
import type { ReactNode } from 'react';
import { useLostFocus } from './use-lost-focus';

type FileRowProps = {
  /** What was taken, to those who do not see it. */
  label: string;
  /** Where it comes from: text that others wrote. */
  name: string;
  /** Beside the name. */
  mark?: ReactNode;
  /** The button to do without it. */
  remove: ReactNode;
  /** What it is. */
  children?: ReactNode;
  error?: string | undefined;
};

/** A file that was taken, or what stands for one. */
export function FileRow({ label, name, mark, remove, children, error }: FileRowProps) {
  const row = useLostFocus<HTMLDivElement>();
  return (
    <div className="kt-file">
      <div ref={row} className="kt-file__row" role="group" aria-label={label} tabIndex={-1}>
        <Document aria-hidden="true" />
        <span className="kt-file__name">
          <bdi>{name}</bdi>
        </span>
        {mark}
        {remove}
      </div>
      {children}
      {error !== undefined && (
        <p className="kt-file__error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
