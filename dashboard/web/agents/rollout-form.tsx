import { type Signal, useSignal } from '@preact/signals';
import type { StoreKey } from '../../../protocol/names.ts';
import { apiPath, request } from '../api.ts';
import { Choices } from '../parts/choices.tsx';
import { Field, Tick } from '../parts/field.tsx';
import { Modal } from '../parts/modal.tsx';
import { nameStore, readStore } from '../parts/store-choice.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { places } from '../state/wall.ts';
import { agentWords } from '../words/agents.ts';
import { rolloutWords } from '../words/rollout.ts';

const SHARE_PERCENT = 5;
const SOAK_HOURS = 12;
const SOAK_HOURS_MOST = 336;

/** Starts rolling a version out. */
export function RolloutForm({ version, onClose }: { version: string; onClose: (isStarted: boolean) => void }) {
  const words = rolloutWords.value;
  const canary = useSignal<readonly StoreKey[]>([]);
  const share = useSignal(SHARE_PERCENT);
  const soak = useSignal(SOAK_HOURS);
  const whileOpen = useSignal(false);
  const isEmpty = useSignal(false);

  const start = (event: Event): void => {
    event.preventDefault();
    isEmpty.value = canary.value.length === 0;
    if (isEmpty.value) return;
    const wish = {
      version,
      canary: canary.value,
      sharePercent: share.value,
      soakMinutes: soak.value * 60,
      whileOpen: whileOpen.value,
    };
    void act(
      () => request('POST', apiPath('rollout'), wish),
      () => {
        toast(words.started(version));
        onClose(true);
      },
    );
  };
  return (
    <Modal title={words.startOf(version)} testId="rollout-form" onClose={() => onClose(false)}>
      <form class="form" onSubmit={start}>
        <p>{words.startMore}</p>
        <Choices
          label={words.canary}
          hint={words.canaryHint}
          of={canary}
          read={readStore}
          tell={nameStore}
          remove={words.remove}
          options={places.value.map(nameStore)}
        />
        {isEmpty.value && canary.value.length === 0 && (
          <p class="hint fault" role="alert">
            {words.canaryNone}
          </p>
        )}
        <div class="field-pair">
          <Figure label={words.share} of={share} most={100} />
          <Figure label={words.soak} of={soak} most={SOAK_HOURS_MOST} />
        </div>
        <Tick label={words.whileOpen} of={whileOpen} />
        <footer class="buttons">
          <button type="submit" class="button primary" data-testid="begin-rollout">
            {words.begin}
          </button>
          <button type="button" class="button" onClick={() => onClose(false)}>
            {agentWords.value.cancel}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

function Figure({ label, of, most }: { label: string; of: Signal<number>; most: number }) {
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          type="number"
          min={0}
          max={most}
          step="any"
          required
          value={of.value}
          onInput={(event) => {
            of.value = event.currentTarget.valueAsNumber;
          }}
        />
      )}
    </Field>
  );
}
