import type { RecoveryCode as Code } from '../../ipc/bindings';

/** The code in its numbered groups, to be written down. */
export function RecoveryCode({ code }: { code: Code }) {
  return (
    <ol className="kt-code" aria-label="Recovery code">
      {code.groups.map((group, index) => (
        <li key={index} className="kt-code__group">
          <span className="kt-code__number">{index + 1}</span>
          <code className="kt-code__text">{group}</code>
        </li>
      ))}
    </ol>
  );
}
