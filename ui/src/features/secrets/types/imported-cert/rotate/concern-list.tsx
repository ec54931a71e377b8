import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import { useId } from 'react';
import type { Concern } from '../../../../../ipc/bindings';
import { localMoments } from '../../../../../components/local-moments';
import { toldElsewhere } from './losses';

/** What is worse than before. */
export function ConcernList({ concerns }: { concerns: readonly Concern[] }) {
  const title = useId();
  const told = concerns.filter(({ code }) => !toldElsewhere.includes(code));
  if (told.length === 0) return null;
  return (
    <section className="kt-checks" aria-labelledby={title}>
      <h3 id={title} className="kt-checks__title">
        Worse than the current version
      </h3>
      <ul className="kt-findings">
        {told.map(({ code, message }) => (
          <li key={`${code} ${message}`} className="kt-findings__finding">
            <IconIndicator kind="caution-minor" label="Warning" />
            <bdi>{localMoments(message)}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
