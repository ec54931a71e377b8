import { RadioButton, RadioButtonGroup, Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { colorNames, InstanceMark } from '../../components/instance-mark';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { useAction } from '../../components/use-action';
import { commands, type InstanceRow } from '../../ipc/bindings';
import { refreshInstances } from '../../ipc/instances';

type ColorDialogProps = { instance: InstanceRow; onClose: () => void };

/** Another colour for the mark of an instance, so that production is never mistaken. */
export function ColorDialog({ instance, onClose }: ColorDialogProps) {
  const client = useQueryClient();
  const [color, setColor] = useState(instance.color);
  const save = useAction(async () => {
    await commands.setInstanceColor(instance.id, color);
    await refreshInstances(client);
    onClose();
  });
  const submit = () => void save.run();
  const task = { label: 'Save', run: submit, slow: save.slow, progress: 'Saving…' };

  return (
    <TaskDialog heading={`Colour of ${instance.name}`} size="sm" task={task} onClose={onClose}>
      <EnterForm onSubmit={submit} error={save.error}>
        <Stack gap={5}>
          <RadioButtonGroup
            name="instance-color"
            legendText="Colour"
            orientation="vertical"
            valueSelected={String(color)}
            onChange={(chosen) => setColor(Number(chosen))}
          >
            {colorNames.map((name, index) => (
              <RadioButton
                key={name}
                id={`instance-color-${index}`}
                value={String(index)}
                labelText={
                  <span className="kt-resources__color">
                    <InstanceMark name={instance.name} color={index} />
                    {name}
                  </span>
                }
              />
            ))}
          </RadioButtonGroup>
          <ProblemNotice error={save.error} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
