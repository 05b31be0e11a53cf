import { useSignal } from '@preact/signals';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import { apiPath, request } from '../api.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { maintenanceWords } from '../words/maintenance.ts';

const WHY_LENGTH = 500;

/** Ends a window now, or takes it away, and says why. */
export function SettleDialog({
  window,
  as,
  onClose,
}: {
  window: MaintenanceWindow;
  as: 'end' | 'remove';
  onClose: (isDone: boolean) => void;
}) {
  const words = maintenanceWords.value;
  const why = useSignal('');
  const said =
    as === 'end'
      ? { title: words.endTitle, more: words.endMore, yes: words.endNow, done: words.ended }
      : { title: words.removeTitle, more: words.removeMore, yes: words.removeOne, done: words.removed };
  const settle = (): Promise<void> =>
    act(
      () => request('POST', apiPath('maintenance', window.id, as), { why: why.value.trim() }),
      () => {
        toast(said.done);
        onClose(true);
      },
    );
  return (
    <Confirm title={said.title} yes={said.yes} onYes={() => void settle()} onClose={() => onClose(false)}>
      <p>
        <b>{window.title}</b>
      </p>
      <p>
        {said.more} {as === 'end' && window.repeat !== undefined && words.endRepeats}
      </p>
      <Field label={words.why}>
        {(id) => (
          <input
            id={id}
            required
            maxLength={WHY_LENGTH}
            autocomplete="off"
            value={why.value}
            onInput={(event) => {
              why.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
    </Confirm>
  );
}
