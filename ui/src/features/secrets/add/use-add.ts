import { useEffect, useEffectEvent, useState } from 'react';
import { commands, type Problem, type SecretView } from '../../../ipc/bindings';
import { fieldProblem, toProblem } from '../../../ipc/problem';
import { giveBack } from '../../../components/file-drops';
import { useAction } from '../../../components/use-action';
import { checkDescription, checkLabels, checkMetadata, checkName } from '../fields/checks';
import { useCheck } from '../fields/use-check';
import type { SecretTypeModule } from '../types/secret-type';
import { detailMissing, emptyDraft, newSecretForm, stepOf, steps, type AddDraft, type Step } from './add-form';

/** The steps of **Add**: each is checked before the next, and a refusal leads back to its field. */
export function useAdd(first: SecretTypeModule, onAdded: (secret: SecretView) => void) {
  const [type, setType] = useState(first);
  const [draft, setDraft] = useState<AddDraft>(() => emptyDraft(first));
  const [step, setStep] = useState<Step>('type');
  const [missing, setMissing] = useState<Problem | null>(null);

  const checks = {
    name: useCheck(draft.name, checkName),
    description: useCheck(draft.description, checkDescription),
    labels: useCheck(draft.labels, checkLabels),
    metadata: useCheck(draft.metadata, (text) => checkMetadata('custom_metadata', text)),
    versionMetadata: useCheck(draft.versionMetadata, (text) => checkMetadata('version_custom_metadata', text)),
  };

  const add = useAction(async () => {
    try {
      onAdded(await commands.createSecret(newSecretForm(type, draft)));
    } catch (refusal) {
      const { code, target } = toProblem(refusal);
      const field = target?.name;
      // Rust keeps a picked file for half an hour; sending its token again would only fail again
      if (code === 'file' || field === 'file') setDraft((before) => ({ ...before, detail: type.add.withoutFiles(before.detail) }));
      setStep(stepOf(field, type));
      throw refusal;
    }
  });

  const next = useAction(async () => {
    if (step === 'general') {
      const faults = await Promise.all(Object.values(checks).map((check) => check.now()));
      const fault = faults.find((problem) => problem !== null) ?? null;
      setMissing(fault);
      if (fault) return;
    }
    if (step === 'detail') {
      const lacks = detailMissing(type, draft);
      const fault = lacks
        ? fieldProblem(lacks.field, lacks.message)
        : ((await type.add.refusal?.(draft.detail, draft.group)) ?? null);
      setMissing(fault);
      if (fault) return;
    }
    setStep(steps[steps.indexOf(step) + 1] ?? 'review');
  });

  const leave = useEffectEvent(() => type.add.files(draft.detail).forEach(giveBack));
  useEffect(() => () => leave(), []);

  function change(part: Partial<AddDraft>): void {
    setMissing(null);
    add.clear();
    setDraft((before) => ({ ...before, ...part }));
  }

  function choose(chosen: SecretTypeModule): void {
    if (chosen === type) return;
    leaveType();
    setType(chosen);
    setDraft((before) => ({ ...before, detail: chosen.add.empty }));
  }

  function leaveType(): void {
    type.add.files(draft.detail).forEach(giveBack);
  }

  const back = () => setStep(steps[steps.indexOf(step) - 1] ?? 'type');
  return { type, choose, draft, change, step, setStep, checks, missing, add, next, back };
}

export type Checks = ReturnType<typeof useAdd>['checks'];
