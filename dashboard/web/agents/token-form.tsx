import { useSignal } from '@preact/signals';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import { apiPath, request } from '../api.ts';
import { partsOf } from '../keys.ts';
import { Field, Tick } from '../parts/field.tsx';
import { KindChoice } from '../parts/kind-choice.tsx';
import { Card } from '../parts/page-head.tsx';
import { readStore, StoreList } from '../parts/store-choice.tsx';
import { act } from '../state/acts.ts';
import { agentWords } from '../words/agents.ts';
import type { MadeToken } from './token-made.tsx';

const MOST_USES = 1000;

/** Makes an enrolment token: for which store and kind, how often, how long. */
export function TokenForm({ onMade }: { onMade: (made: MadeToken) => void }) {
  const words = agentWords.value;
  const store = useSignal('');
  const kind = useSignal<DeviceKind>('till');
  const device = useSignal('');
  const uses = useSignal(1);
  const hours = useSignal(24);
  const replaces = useSignal(false);
  const isWrong = useSignal(false);

  const make = (event: Event): void => {
    event.preventDefault();
    const key = readStore(store.value);
    isWrong.value = key === undefined;
    if (key === undefined) return;
    const [chain, name] = partsOf(key);
    const named = device.value.trim();
    const wish = {
      chain,
      store: name,
      kind: kind.value,
      uses: named === '' ? uses.value : 1,
      hours: hours.value,
      replaces: replaces.value,
      ...(named !== '' && { device: named }),
    };
    void act(() => request<MadeToken>('POST', apiPath('agents', 'tokens'), wish), onMade);
  };
  return (
    <Card title={words.newToken}>
      <form class="form" data-testid="token-form" onSubmit={make}>
        <Field label={words.storeField}>
          {(id) => (
            <>
              <input
                id={id}
                list="token-stores"
                autocomplete="off"
                required
                placeholder={words.storeHint}
                value={store.value}
                aria-invalid={isWrong.value}
                onInput={(event) => {
                  store.value = event.currentTarget.value;
                  isWrong.value = false;
                }}
              />
              <StoreList id="token-stores" />
            </>
          )}
        </Field>
        {isWrong.value && (
          <p class="hint fault" role="alert">
            {words.noSuchStore}
          </p>
        )}
        <Field label={words.kind}>{(id) => <KindChoice id={id} of={kind} />}</Field>
        <Field label={words.deviceField}>
          {(id) => (
            <input
              id={id}
              autocomplete="off"
              spellcheck={false}
              placeholder={words.deviceHint}
              value={device.value}
              onInput={(event) => {
                device.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <div class="field-pair">
          {device.value.trim() === '' && (
            <Field label={words.usesField}>
              {(id) => (
                <input
                  id={id}
                  type="number"
                  min={1}
                  max={MOST_USES}
                  required
                  value={uses.value}
                  onInput={(event) => {
                    uses.value = event.currentTarget.valueAsNumber;
                  }}
                />
              )}
            </Field>
          )}
          <Field label={words.goodFor}>
            {(id) => (
              <select
                id={id}
                value={hours.value}
                onChange={(event) => {
                  hours.value = Number(event.currentTarget.value);
                }}
              >
                {Object.entries(words.hours).map(([value, word]) => (
                  <option key={value} value={value}>
                    {word}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <Tick label={words.replacesField} of={replaces} />
        <footer class="buttons">
          <button type="submit" class="button primary" data-testid="make-token">
            {words.make}
          </button>
        </footer>
      </form>
    </Card>
  );
}
