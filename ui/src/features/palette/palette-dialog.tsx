import { ComposedModal, InlineLoading, ModalBody } from '@carbon/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { ProblemNotice } from '../../components/problem-notice';
import { TextField } from '../../components/text-field';
import { useSlow } from '../../components/use-slow';
import { commands, type FoundSecret } from '../../ipc/bindings';
import { PaletteList } from './palette-list';
import {
  actionsOf,
  foundItems,
  hindranceOf,
  matching,
  wishOf,
  type FoundAction,
  type PaletteAction,
  type PaletteItem,
} from './palette-items';

type PaletteDialogProps = {
  actions: readonly PaletteAction[];
  /** Names of vaults that are locked: what is in them is not known. */
  locked?: readonly string[];
  onFound: (found: FoundSecret, does: FoundAction) => void;
  onClose: () => void;
};

/** The palette: one field that finds secrets of every instance and runs actions. All of it works by keyboard. */
export function PaletteDialog({ actions, locked = [], onFound, onClose }: PaletteDialogProps) {
  const list = useId();
  const [typed, setTyped] = useState('');
  const [inside, setInside] = useState<FoundSecret | null>(null);
  const [at, setAt] = useState(0);
  const { does, text } = wishOf(typed);
  const {
    data: found = [],
    isPlaceholderData: former,
    isFetching,
    error,
  } = useQuery({
    queryKey: ['palette', text],
    queryFn: () => commands.searchEverywhere(text),
    enabled: text.length > 1,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const slow = useSlow(isFetching);
  const secrets = text.length > 1 ? foundItems(found, does) : [];
  const items = inside ? actionsOf(inside) : [...secrets, ...matching(actions, typed)];
  const chosen = Math.min(at, items.length - 1);

  function show(secret: FoundSecret | null): void {
    setInside(secret);
    setAt(0);
  }

  function choose(item: PaletteItem | undefined): void {
    // what was found for fewer letters may not be what is meant
    if (!item || hindranceOf(item) || (former && !inside && 'found' in item)) return;
    onClose();
    if ('action' in item) item.action.run();
    else onFound(item.found, item.does);
  }

  function press(event: KeyboardEvent<HTMLDivElement>): void {
    const item = items[chosen];
    const step = steps[event.key];
    const { target } = event;
    const atEnd = target instanceof HTMLInputElement && target.selectionStart === target.value.length;
    if (event.key === 'Escape' || (event.key === 'ArrowLeft' && inside)) {
      if (inside) show(null);
      else onClose();
    } else if (step !== undefined) setAt((chosen + step + items.length) % Math.max(items.length, 1));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(item);
    else if (event.key === 'ArrowRight' && atEnd && !inside && item && 'found' in item) show(item.found);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return createPortal(
    <ComposedModal open size="sm" aria-label="Search and actions" className="kt-palette" onClose={onClose}>
      <ModalBody>
        <div onKeyDownCapture={press} role="presentation">
          <TextField
            id={`${list}-field`}
            size="lg"
            hideLabel
            labelText="Search all instances, or run an action"
            placeholder="Secret, page or action; “rotate” and a name"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
              show(null);
            }}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={items.length > 0}
            aria-controls={items.length > 0 ? list : undefined}
            aria-activedescendant={chosen < 0 ? undefined : `${list}-${chosen}`}
            data-modal-primary-focus=""
          />
        </div>
        <PaletteList
          id={list}
          label={inside ? `Actions for ${inside.secret.metadata.name}` : 'Results'}
          items={items}
          searching={isFetching}
          chosen={chosen}
          onChoose={choose}
          onMore={inside ? undefined : show}
        />
        {slow && <InlineLoading description="Searching…" />}
        {text.length > 1 && <ProblemNotice error={error} />}
        {text.length > 1 && !inside && locked.length > 0 && (
          <p className="kt-palette__locked">Not searched while locked: {locked.join(', ')}.</p>
        )}
        <p role="status" className="cds--visually-hidden">
          {statusOf(items.length, isFetching)}
        </p>
      </ModalBody>
    </ComposedModal>,
    document.body,
  );
}

function statusOf(results: number, searching: boolean): string {
  if (results > 0) return `${results} results`;
  return searching ? 'Searching' : 'Nothing found';
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
