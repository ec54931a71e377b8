import { commands, type ListState } from './bindings';

let saving: Promise<unknown> = Promise.resolve();

/** How the list of secrets was last seen. */
export async function loadListState(): Promise<ListState | null> {
  // leaving the page and coming back must not overtake its own saving
  await saving;
  return commands.loadListState();
}

export function saveListState(state: ListState): Promise<unknown> {
  const saved = commands.saveListState(state);
  saving = saved.catch(() => undefined);
  return saved;
}

/**
 * Lets the list show one group, all of it, when it is opened next. Order, columns and page size stay
 * as they were.
 */
export async function narrowListToGroup(id: string): Promise<void> {
  const before = await loadListState();
  const { sort = null, limit = 0 } = before?.query ?? {};
  await saveListState({ columns: before?.columns ?? [], query: { sort, limit, groups: [id] } });
}
