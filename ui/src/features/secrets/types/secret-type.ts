import type { CarbonIconType } from '@carbon/icons-react';
import type { ReactNode } from 'react';
import type { Configuration, NewSecretForm, Problem, RotationForm, SecretMetadata, SecretType } from '../../../ipc/bindings';

/** What a part of a form for one type is given. The draft is the type's own. */
export type DraftProps<Draft> = {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** Why the instance refused it; a field that it is about shows it. */
  error: unknown;
};

/** The same for a new secret, whose group is chosen by then. */
export type AddProps<Draft> = DraftProps<Draft> & {
  groupId: string;
  /** Leaves for **Secrets engines**, after asking about what was entered. */
  onEngines: () => void;
};

/** The same for a rotation, which is of a secret that exists. */
export type RotationProps<Draft> = DraftProps<Draft> & { secretId: string };

/** When a new value is compared with the current one: as soon as it is complete, or when one asks. */
export type Compares = 'at-once' | 'on-demand' | 'never';

/** What a person still has to do, by the field that shows it; `null`: nothing. */
export type Missing = { field: string; message: string } | null;

/** What the type needs when a secret is made or rotated. */
type Part<Draft, Form, Props = DraftProps<Draft>> = {
  empty: Draft;
  Body: (props: Props) => ReactNode;
  /** Names of the fields on the wire whose errors the body shows. */
  fields: readonly string[];
  missing: (draft: Draft) => Missing;
  form: (draft: Draft) => Form;
  /** Whether anything was entered that would be a loss. */
  filled: (draft: Draft) => boolean;
  /** Tokens of files that Rust keeps for this draft. */
  files: (draft: Draft) => string[];
  /** The draft after Rust no longer keeps its files. */
  withoutFiles: (draft: Draft) => Draft;
};

/** One line of the review before **Add**. */
export type ReviewRow = { label: string; value: ReactNode };

/** Everything the window does differently for one type of secret that another instance makes. */
export type ReadTypeModule<Rotation> = {
  secretType: SecretType;
  /** As on the tile of IBM's console. */
  title: string;
  description: string;
  icon: CarbonIconType;
  /** Whether a person can set when it becomes unreadable. */
  expires: boolean;
  rotation: Part<Rotation, RotationForm['input'], RotationProps<Rotation>> & {
    /** Whether its dialog needs room for two things side by side. */
    wide?: boolean;
    /** The draft beside the secret as it is now, for types that show something of it. */
    follow?: (draft: Rotation, metadata: SecretMetadata) => Rotation;
    /**
     * Looks, before it is sent, at exactly this draft: why it is not rotated yet. Whoever tries once more
     * has read it.
     */
    refusal?: (draft: Rotation, secretId: string) => Promise<Problem | null>;
    /** Absent: never. */
    compares?: (draft: Rotation) => Compares;
  };
};

/** The same for one that a person can add here. */
export type TypeModule<New, Rotation> = ReadTypeModule<Rotation> & {
  /** Whether there is what makes its secrets; absent: it needs none of the secrets engines. */
  hasEngine?: (configurations: readonly Configuration[]) => boolean;
  add: Part<New, NewSecretForm['detail'], AddProps<New>> & {
    review: (draft: New) => ReviewRow[];
    /** Asks the instance, before the review, why it would refuse the draft in this group; `null`: it would not. */
    refusal?: (draft: New, groupId: string) => Promise<Problem | null>;
    /** Whether the instance will rotate it by itself, so that nobody needs to be reminded to. */
    rotatesAlone?: (draft: New) => boolean;
  };
};

/** A type as the register holds it: the drafts are opaque to everybody but the type itself. */
export type SecretTypeModule = TypeModule<unknown, unknown>;
export type RotatedTypeModule = ReadTypeModule<unknown>;

/** Hides the types of the drafts. Sound, because a draft only ever returns to the module it is from. */
export function secretType<New, Rotation>(module: TypeModule<New, Rotation>): SecretTypeModule {
  return module as unknown as SecretTypeModule;
}

/** The same for a type that is not added here. */
export function readType<Rotation>(module: ReadTypeModule<Rotation>): RotatedTypeModule {
  return module as unknown as RotatedTypeModule;
}
