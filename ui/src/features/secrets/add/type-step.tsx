import { RadioTile, TileGroup } from '@carbon/react';
import { secretTypes } from '../types/secret-types';
import type { SecretTypeModule } from '../types/secret-type';

type TypeStepProps = { chosen: SecretTypeModule; onChoose: (type: SecretTypeModule) => void };

/** The types as tiles. */
export function TypeStep({ chosen, onChoose }: TypeStepProps) {
  return (
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
      {secretTypes.map(({ secretType, title, description, icon: Icon }) => (
        <RadioTile
          key={secretType}
          id={`kt-type-${secretType}`}
          value={secretType}
          aria-labelledby={`kt-type-${secretType}-title`}
          aria-describedby={`kt-type-${secretType}-text`}
        >
          <Icon size={24} aria-hidden="true" />
          <span id={`kt-type-${secretType}-title`} className="kt-tile__title">
            {title}
          </span>
          <span id={`kt-type-${secretType}-text`} className="kt-tile__text">
            {description}
          </span>
        </RadioTile>
      ))}
    </TileGroup>
  );
}
