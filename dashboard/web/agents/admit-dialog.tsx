import { useSignal } from '@preact/signals';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { QuarantineEntry } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { KindChoice } from '../parts/kind-choice.tsx';
import { Modal } from '../parts/modal.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { agentWords } from '../words/agents.ts';

const LANES: ReadonlySet<DeviceKind> = new Set(['till', 'self-checkout']);
const TITLE_LENGTH = 128;
const LAST_LANE = 999;

/** Lets a machine in, and puts it into the inventory first where it is not there. */
export function AdmitDialog({ machine, onClose }: { machine: QuarantineEntry; onClose: (isDone: boolean) => void }) {
  const words = agentWords.value;
  const { id, device, inInventory, key, reason } = machine;
  const name = device.slice(device.lastIndexOf('/') + 1);
  const kind = useSignal<DeviceKind>(machine.kind ?? 'till');
  const title = useSignal('');
  const lane = useSignal(/(\d+)$/.exec(name)?.[1]?.replace(/^0+/, '') ?? '');

  const admit = (event: Event): void => {
    event.preventDefault();
    const add = {
      kind: kind.value,
      ...(title.value.trim() !== '' && { title: title.value.trim() }),
      ...(LANES.has(kind.value) && lane.value !== '' && { lane: Number(lane.value) }),
    };
    void act(
      () => request('POST', apiPath('agents', 'quarantine', id, 'admit'), inInventory ? {} : { add }),
      () => {
        toast(words.admitted(name));
        onClose(true);
      },
    );
  };
  return (
    <Modal title={`${words.admit} ${name}`} testId="admit-dialog" onClose={() => onClose(false)}>
      <form class="form" onSubmit={admit}>
        <p>{words.admitMore}</p>
        {reason === 'name-taken' && <p class="hint fault">{words.takesName}</p>}
        {!inInventory && (
          <>
            <p>{words.addsToInventory}</p>
            <Field label={words.kind}>{(field) => <KindChoice id={field} of={kind} />}</Field>
            <Field label={words.titleField}>
              {(field) => (
                <input
                  id={field}
                  maxLength={TITLE_LENGTH}
                  placeholder={name}
                  value={title.value}
                  onInput={(event) => {
                    title.value = event.currentTarget.value;
                  }}
                />
              )}
            </Field>
            {LANES.has(kind.value) && (
              <Field label={words.laneField}>
                {(field) => (
                  <input
                    id={field}
                    type="number"
                    min={1}
                    max={LAST_LANE}
                    value={lane.value}
                    onInput={(event) => {
                      lane.value = event.currentTarget.value;
                    }}
                  />
                )}
              </Field>
            )}
          </>
        )}
        <p class="hint">
          {words.compareKey} <code>{key}</code>
        </p>
        <footer class="buttons">
          <button type="submit" class="button primary" data-testid="admit-confirm">
            {words.admit}
          </button>
          <button type="button" class="button" onClick={() => onClose(false)}>
            {words.cancel}
          </button>
        </footer>
      </form>
    </Modal>
  );
}
