import { ProgressIndicator, ProgressStep } from '@carbon/react';
import { useEffect, useRef, useState } from 'react';
import type { SecretView } from '../../../ipc/bindings';
import { unplaced } from '../../../ipc/problem';
import { CreateGroupDialog } from '../../../components/create-group-dialog';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useOpener } from '../../../components/use-opener';
import { secretTypes } from '../types/secret-types';
import { detailFields, generalFields, isFilled, steps, type Step } from './add-form';
import { DetailStep } from './detail-step';
import { GeneralStep } from './general-step';
import { ReviewStep } from './review-step';
import { TypeStep } from './type-step';
import { useAdd } from './use-add';

type AddWizardProps = { onClose: () => void; onAdded: (secret: SecretView) => void };

const titles: Record<Step, string> = { type: 'Type', general: 'General', detail: 'Value', review: 'Review' };
const first = secretTypes.find(({ secretType }) => secretType === 'arbitrary');

/** **Add**: type, general, what the type needs, review. */
export function AddWizard({ onClose, onAdded }: AddWizardProps) {
  if (!first) throw new Error('no type is registered');
  const wizard = useAdd(first, onAdded);
  const { type, choose, draft, change, step, checks, missing, add, next, back } = wizard;
  useStepFocus(step);
  const { leaving, close, drop, toEngines } = useLeaving(draft, () => isFilled(type, draft), onClose);
  const last = step === 'review';
  const group = useNewGroup((id) => change({ group: id }));

  return (
    <>
      <TaskDialog
        heading="Add a secret"
        size="lg"
        task={
          last
            ? { label: 'Add', run: () => void add.run(), slow: add.slow, progress: 'Adding…' }
            : { label: 'Next', run: () => void next.run(), slow: next.slow, progress: 'Checking…' }
        }
        onClose={close}
        {...(step === 'type' ? {} : { back: { label: 'Back', run: back } })}
        className="kt-dialog kt-wizard"
      >
        <ProgressIndicator currentIndex={steps.indexOf(step)} spaceEqually className="kt-wizard__steps">
          {steps.map((name) => (
            <ProgressStep key={name} label={titles[name]} />
          ))}
        </ProgressIndicator>
        <EnterForm
          onSubmit={() => void (last ? add.run() : next.run())}
          error={missing ?? add.error}
          className="kt-wizard__body"
        >
          {step === 'type' && <TypeStep chosen={type} onChoose={choose} onEngines={toEngines} />}
          {step === 'general' && (
            <GeneralStep
              draft={draft}
              onChange={change}
              checks={checks}
              onCreateGroup={group.create}
              error={add.error}
            />
          )}
          {step === 'detail' && (
            <DetailStep
              type={type}
              draft={draft}
              onChange={change}
              onEngines={toEngines}
              error={missing ?? add.error}
            />
          )}
          {step === 'review' && <ReviewStep type={type} draft={draft} />}
        </EnterForm>
        <ProblemNotice error={unplaced(add.error, last ? [] : [...generalFields, ...detailFields(type)]) ?? next.error} />
        <UnsavedNotice leaving={leaving} onDrop={drop} />
      </TaskDialog>
      {group.open && <CreateGroupDialog onClose={group.close} onCreated={({ id }) => group.take(id)} />}
    </>
  );
}

/** Closing, or leaving for what has to be made first; both ask about what was entered. */
function useLeaving(draft: object, filled: () => boolean, onClose: () => void) {
  const engines = useRef(false);
  const guard = useLeaveGuard(draft, filled, drop);

  function drop(): void {
    onClose();
    if (engines.current) window.location.hash = 'secrets-engines';
  }
  function leave(toEngines: boolean): void {
    engines.current = toEngines;
    guard.close();
  }
  return { leaving: guard.leaving, close: () => leave(false), drop, toEngines: () => leave(true) };
}

/** A group that is made on the way. Its dialog stands above this one, not in it: that has a form of its own. */
function useNewGroup(choose: (id: string) => void) {
  const [open, setOpen] = useState(false);
  const opener = useOpener();

  function close(): void {
    setOpen(false);
    opener.giveBack();
  }
  function create(): void {
    opener.remember();
    setOpen(true);
  }
  function take(id: string): void {
    choose(id);
    close();
  }
  return { open, close, create, take };
}

/** Each step begins at its first field. */
function useStepFocus(step: Step): void {
  useEffect(() => {
    const body = document.querySelector('.kt-wizard__body');
    // a refusal led to its field, which has the focus by now
    if (body?.contains(document.activeElement)) return;
    const marked = body?.querySelector<HTMLElement>('[data-modal-primary-focus]');
    (marked ?? body?.querySelector<HTMLElement>('input, textarea'))?.focus();
  }, [step]);
}
