import { useSignal } from '@preact/signals';
import { apiPath, type Detail, request } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { Modal } from '../parts/modal.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { ui } from '../words/index.ts';
import { onCallWords } from '../words/on-call.ts';

/** Imports a calendar of duties; its faults are listed with their lines. */
export function ImportRota({ onClose }: { onClose: (isDone: boolean) => void }) {
  const words = onCallWords.value;
  const name = useSignal('');
  const file = useSignal<File | undefined>(undefined);
  const faults = useSignal<readonly Detail[]>([]);

  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    faults.value = [];
    const calendar = await file.value?.text().catch(() => undefined);
    if (calendar === undefined) return toast(words.unreadable, true);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    await act(
      () => request('POST', apiPath('on-call', name.value.trim()), { calendar, timeZone }),
      () => {
        toast(words.imported);
        onClose(true);
      },
      ({ details }) => {
        faults.value = details;
        return details.length > 0;
      },
    );
  };
  return (
    <Modal title={words.importTitle} testId="import" onClose={() => onClose(false)}>
      <form class="form" onSubmit={(event) => void send(event)}>
        <p>{words.importMore}</p>
        <Field label={words.name}>
          {(id) => (
            <input
              id={id}
              required
              pattern="[A-Za-z0-9][A-Za-z0-9_.\-]*"
              maxLength={64}
              value={name.value}
              onInput={(event) => {
                name.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Field label={words.file}>
          {(id) => (
            <input
              id={id}
              type="file"
              accept=".ics,text/calendar"
              required
              onChange={(event) => {
                file.value = event.currentTarget.files?.[0];
                faults.value = [];
              }}
            />
          )}
        </Field>
        {faults.value.length > 0 && (
          <ul class="file-faults" role="alert" data-testid="file-faults">
            {faults.value.map(({ path, message }) => (
              <li key={`${path} ${message}`} class="hint fault">
                {ui.value.pair(path, message)}
              </li>
            ))}
          </ul>
        )}
        <footer class="buttons">
          <button type="submit" class="button primary" data-testid="import-yes">
            {words.importYes}
          </button>
          <button type="button" class="button" onClick={() => onClose(false)}>
            {words.cancel}
          </button>
        </footer>
      </form>
    </Modal>
  );
}
