import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { WindowKind } from '../../../protocol/maintenance.ts';
import { apiPath, type Detail, request } from '../api.ts';
import { CopyText } from '../parts/copy.tsx';
import { Field } from '../parts/field.tsx';
import { Modal } from '../parts/modal.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { format, ui } from '../words/index.ts';
import { maintenanceWords } from '../words/maintenance.ts';
import { noScope, ScopeFields, scopeOf } from './scope-fields.tsx';

/** The server takes 8 MB of JSON, in which every line break is two characters. */
const MOST_BYTES = 7_000_000;

/** Imports an iCalendar file; its faults are listed with their lines. */
export function ImportDialog({ onClose }: { onClose: (isDone: boolean) => void }) {
  const words = maintenanceWords.value;
  const scope = useMemo(noScope, []);
  const kind = useSignal<WindowKind>('maintenance');
  const file = useSignal<File | undefined>(undefined);
  const faults = useSignal<readonly Detail[]>([]);

  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (file.value === undefined) return;
    faults.value = [];
    const calendar = await file.value.text().catch(() => undefined);
    if (calendar === undefined) return toast(words.unreadable, true);
    if (file.value.size > MOST_BYTES) return toast(words.tooLarge, true);
    const about = scopeOf(scope);
    const wish = { calendar, kind: kind.value, ...(about !== undefined && { scope: about }) };
    await act(
      () => request<{ imported: number }>('POST', apiPath('maintenance', 'import-calendar'), wish),
      ({ imported }) => {
        toast(words.imported(imported, format.value.number(imported)));
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
            {faults.value.map((fault) => (
              <li key={`${fault.path} ${fault.message}`} class="hint fault">
                {tellFault(fault)}
              </li>
            ))}
          </ul>
        )}
        <Field label={words.kind}>
          {(id) => (
            <select
              id={id}
              value={kind.value}
              onChange={(event) => {
                kind.value = event.currentTarget.value as WindowKind;
              }}
            >
              {Object.entries(words.kinds).map(([value, word]) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Field>
        <ScopeFields of={scope} legend={words.importScope} />
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

/** `calendar:12` is a line of the file. */
function tellFault({ path, message }: Detail): string {
  const [, line] = /^calendar:(\d+)$/.exec(path) ?? [];
  return ui.value.pair(line === undefined ? path : maintenanceWords.value.line(line), message);
}

/** The address under which other programs follow the calendar. */
export function FeedDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const words = maintenanceWords.value;
  return (
    <Modal title={words.subscribeTitle} testId="feed" onClose={onClose}>
      <div class="form">
        <p>{words.subscribeMore}</p>
        <CopyText label={words.address} text={`${location.origin}${path}`} testId="feed-address" />
      </div>
    </Modal>
  );
}
