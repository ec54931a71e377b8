import { RadioTile, TileGroup } from '@carbon/react';
import { WarningAltFilled } from '@carbon/icons-react';
import { useQuery } from '@tanstack/react-query';
import { configurationsQuery } from '../../../ipc/configurations';
import { EnginesLink } from '../types/engines-link';
import { secretTypes } from '../types/secret-types';
import type { SecretTypeModule } from '../types/secret-type';

type TypeStepProps = {
  chosen: SecretTypeModule;
  onChoose: (type: SecretTypeModule) => void;
  onEngines: () => void;
};

/** The types as tiles. */
export function TypeStep({ chosen, onChoose, onEngines }: TypeStepProps) {
  const { data } = useQuery(configurationsQuery);
  const configurations = data?.map(({ configuration }) => configuration);
  const waiting = secretTypes.filter(({ hasEngine }) => configurations && hasEngine?.(configurations) === false);
  return (
    <>
      <TileGroup
        name="secret-type"
        legend="Type of secret"
        valueSelected={chosen.secretType}
        onChange={(value) => {
          const type = secretTypes.find(({ secretType }) => secretType === value);
          if (type) onChoose(type);
        }}
        className="kt-wizard__tiles"
      >
        {secretTypes.map((type) => (
          <RadioTile
            key={type.secretType}
            id={`kt-type-${type.secretType}`}
            value={type.secretType}
            disabled={waiting.includes(type)}
            aria-labelledby={`kt-type-${type.secretType}-title`}
            aria-describedby={`kt-type-${type.secretType}-text`}
          >
            <TileContent type={type} waits={waiting.includes(type)} />
          </RadioTile>
        ))}
      </TileGroup>
      {waiting.length > 0 && (
        <p className="kt-wizard__engines">
          {waiting.map(({ title }) => title).join(', ')}: nothing can be issued yet. <EnginesLink onEngines={onEngines} />
        </p>
      )}
    </>
  );
}

function TileContent({ type, waits }: { type: SecretTypeModule; waits: boolean }) {
  const { secretType, title, description, icon: Icon } = type;
  return (
    <>
      <Icon size={24} aria-hidden="true" />
      <span id={`kt-type-${secretType}-title`} className="kt-tile__title">
        {title}
      </span>
      <span id={`kt-type-${secretType}-text`} className="kt-tile__text">
        {description}
        {waits && (
          <span className="kt-tile__waits">
            <WarningAltFilled aria-hidden="true" /> Engine configuration required
          </span>
        )}
      </span>
    </>
  );
}
