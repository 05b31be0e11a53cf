import { useSignal } from '@preact/signals';
import type { DeviceKey } from '../../../protocol/names.ts';
import { isOver } from '../../../protocol/weights.ts';
import type { AllowedActionView } from '../../ports.ts';
import { request } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { causeOf } from '../parts/incident-row.tsx';
import { Modal } from '../parts/modal.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { locale } from '../state/prefs.ts';
import { incidents } from '../state/wall.ts';
import { actionWords } from '../words/actions.ts';
import { agentWords } from '../words/agents.ts';
import { format } from '../words/index.ts';
import { actionsPath } from './use-actions.ts';

const WHY_LONGEST = 500;

/** Asks once more, and why, before a device is told to act. */
export function ActDialog({
  device,
  deviceTitle,
  action,
  incident,
  onClose,
}: {
  device: DeviceKey;
  deviceTitle: string;
  action: AllowedActionView;
  incident: number | undefined;
  onClose: (isAsked: boolean) => void;
}) {
  const words = actionWords.value;
  const open = openFor(device);
  const why = useSignal('');
  const chosen = useSignal(String(incident ?? open.find(({ cause }) => cause.target === device)?.number ?? ''));
  const args = useSignal<Record<string, string>>(
    Object.fromEntries(Object.entries(action.args).map(([name, [first = '']]) => [name, first])),
  );
  const ask = (event: Event): void => {
    event.preventDefault();
    const wish = {
      action: action.name,
      args: args.value,
      why: why.value.trim(),
      ...(chosen.value !== '' && { incident: Number(chosen.value) }),
    };
    void act(
      () => request('POST', actionsPath(device), wish),
      () => {
        toast(words.asked);
        onClose(true);
      },
    );
  };
  return (
    <Modal title={action.title[locale.value]} testId="act-dialog" onClose={() => onClose(false)}>
      <form class="form" onSubmit={ask}>
        <p>
          <b>{words.on(deviceTitle)}</b> {words.takes(format.value.duration(action.timeoutS))}
        </p>
        {Object.entries(action.args).map(([name, values]) => (
          <Field key={name} label={words.args[name] ?? name}>
            {(id) =>
              values.length === 1 ? (
                <output id={id}>
                  <code>{values[0]}</code>
                </output>
              ) : (
                <select
                  id={id}
                  value={args.value[name]}
                  onChange={(event) => {
                    args.value = { ...args.value, [name]: event.currentTarget.value };
                  }}
                >
                  {values.map((value) => (
                    <option key={value}>{value}</option>
                  ))}
                </select>
              )
            }
          </Field>
        ))}
        <Field label={words.why}>
          {(id) => (
            <textarea
              id={id}
              rows={2}
              required
              autofocus
              maxLength={WHY_LONGEST}
              placeholder={words.whyHint}
              value={why.value}
              onInput={(event) => {
                why.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        {open.length > 0 && (
          <Field label={words.incident}>
            {(id) => (
              <select
                id={id}
                value={chosen.value}
                onChange={(event) => {
                  chosen.value = event.currentTarget.value;
                }}
              >
                <option value="">{words.noIncident}</option>
                {open.map((one) => (
                  <option key={one.number} value={one.number}>
                    {one.number} {causeOf(one)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <footer class="buttons">
          <button type="submit" class="button primary" data-testid="act-confirm" disabled={why.value.trim() === ''}>
            {words.ask}
          </button>
          <button type="button" class="button" onClick={() => onClose(false)}>
            {agentWords.value.cancel}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

/** Open incidents of the device's store: an action is for one of these, or for none. */
function openFor(device: DeviceKey) {
  const store = device.slice(0, device.lastIndexOf('/'));
  return [...incidents.value.values()].filter((one) => one.store === store && !isOver(one.state));
}
