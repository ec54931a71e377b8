import type { ConfigurationView } from '../../../ipc/bindings';
import {
  isAuthority,
  isPrivate,
  isTemplate,
  viewsOf,
  type PrivateConfiguration,
  type ViewOf,
} from '../../../ipc/configurations';

type PrivateView = ViewOf<PrivateConfiguration>;

/** An authority or template with what is below it. */
export type Branch = {
  id: string;
  view: PrivateView;
  /** 0 at the top. */
  depth: number;
  parent: PrivateView | null;
  below: Branch[];
};

/** A configuration's own id: names are unique per type only. */
export function idOf({ configuration }: ConfigurationView): string {
  return `${configuration.config_type}/${configuration.name}`;
}

/**
 * Roots with their intermediates and those with their templates, by name. What was signed elsewhere, or
 * whose authority is gone, stands at the top. What is not about private certificates is left out.
 */
export function treeOf(all: readonly ConfigurationView[]): Branch[] {
  const views = viewsOf(all, isPrivate);
  const parents = new Map(views.map((view) => [view, parentOf(view, views)]));
  const placed = new Set<PrivateView>();

  function branch(view: PrivateView, depth: number): Branch {
    placed.add(view);
    const below = inOrder(views.filter((other) => parents.get(other) === view && !placed.has(other)));
    const parent = parents.get(view) ?? null;
    return { id: idOf(view), view, depth, parent, below: below.map((other) => branch(other, depth + 1)) };
  }

  const top = inOrder(views.filter((view) => parents.get(view) === null)).map((view) => branch(view, 0));
  // authorities that name each other as issuer have no top; they are shown all the same
  const rest = views.flatMap((view) => (placed.has(view) ? [] : [branch(view, 0)]));
  return [...top, ...rest];
}

/** The rows in their order, without what is below a folded one. */
export function rowsOf(tree: readonly Branch[], folded: ReadonlySet<string>): Branch[] {
  return tree.flatMap((branch) => [branch, ...(folded.has(branch.id) ? [] : rowsOf(branch.below, folded))]);
}

/** The branch with this id, wherever it stands now. */
export function findBranch(tree: readonly Branch[], id: string): Branch | undefined {
  return rowsOf(tree, new Set()).find((branch) => branch.id === id);
}

/** Who signs it, where that is an authority of this instance. */
function parentOf(view: PrivateView, views: readonly PrivateView[]): PrivateView | null {
  const { configuration } = view;
  const authorities = views.filter((other) => other !== view && isAuthority(other.configuration));
  if (isTemplate(configuration)) return named(configuration.certificate_authority, authorities);
  const { issuer, data } = configuration;
  const signed = (other: PrivateView) => Boolean(data.issuing_ca) && certificateOf(other) === data.issuing_ca;
  // signed elsewhere may mean: by an authority of this instance that was given the request
  if (!issuer) return authorities.find(signed) ?? null;
  return authorities.find((other) => other.configuration.name === issuer && signed(other)) ?? named(issuer, authorities);
}

/** Names are unique per type only; an intermediate comes before a root, as in Rust. */
function named(name: string, authorities: readonly PrivateView[]): PrivateView | null {
  const namesakes = authorities.filter(({ configuration }) => configuration.name === name);
  const isBelow = (one: PrivateView) =>
    one.configuration.config_type === 'private_cert_configuration_intermediate_ca';
  return namesakes.find(isBelow) ?? namesakes[0] ?? null;
}

function certificateOf({ configuration }: PrivateView): string | undefined {
  return isAuthority(configuration) ? configuration.data.certificate : undefined;
}

const ranks: Readonly<Record<PrivateConfiguration['config_type'], number>> = {
  private_cert_configuration_root_ca: 0,
  private_cert_configuration_intermediate_ca: 1,
  private_cert_configuration_template: 2,
};

function inOrder(views: readonly PrivateView[]): PrivateView[] {
  return [...views].sort(
    ({ configuration: one }, { configuration: other }) =>
      ranks[one.config_type] - ranks[other.config_type] || one.name.localeCompare(other.name, 'en'),
  );
}
