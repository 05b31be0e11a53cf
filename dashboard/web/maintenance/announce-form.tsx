import { type Signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { WindowKind } from '../../../protocol/maintenance.ts';
import type { WindowView } from '../../ports.ts';
import { type ApiError, apiPath, request } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { Segments } from '../parts/menu.tsx';
import { Modal } from '../parts/modal.tsx';
import { toast } from '../parts/toast.tsx';
import { wallTime } from '../parts/wall-time.ts';
import { act } from '../state/acts.ts';
import { serverNow } from '../state/clock.ts';
import { format } from '../words/index.ts';
import { maintenanceWords } from '../words/maintenance.ts';
import { REPETITIONS, type Repetition, ruleOf } from './repetition.ts';
import { noScope, ScopeFields, scopeOf } from './scope-fields.tsx';
import { fieldOf } from './told.ts';

const HOUR_MS = 3_600_000;
const LASTS_HOURS = 2;
const KINDS = ['maintenance', 'change'] as const satisfies readonly WindowKind[];
/** See `WINDOW_FIELDS`. */
const LONGEST = { title: 200, number: 64, who: 128, why: 500 };
/** What the API may find fault with, and the form shows; the rest is told in passing. */
const FIELDS = new Set(['title', 'number', 'who', 'why', 'scope', 'start', 'end', 'timeZone', 'repeat']);

type Faults = Readonly<Record<string, string>>;

/** Announces a window; what the server finds wrong stands beside its field. */
export function AnnounceForm({ onClose }: { onClose: (isDone: boolean) => void }) {
  const words = maintenanceWords.value;
  const nextHour = useMemo(() => Math.ceil(serverNow() / HOUR_MS) * HOUR_MS, []);
  const scope = useMemo(noScope, []);
  const kind = useSignal<WindowKind>('maintenance');
  const title = useSignal('');
  const number = useSignal('');
  const who = useSignal('');
  const why = useSignal('');
  const start = useSignal(wallTime(nextHour));
  const end = useSignal(wallTime(nextHour + LASTS_HOURS * HOUR_MS));
  const zone = useSignal('');
  const repetition = useSignal<Repetition>('none');
  const faults = useSignal<Faults>({});

  const refused = ({ details }: ApiError): boolean => {
    faults.value = Object.fromEntries(details.map(({ path, message }) => [fieldOf(path), message]));
    return details.length > 0 && details.every(({ path }) => FIELDS.has(fieldOf(path)));
  };
  const announce = (event: Event): void => {
    event.preventDefault();
    const about = scopeOf(scope);
    faults.value = about === undefined ? { scope: words.noScope } : {};
    if (about === undefined) return;
    const repeat = ruleOf(repetition.value, start.value);
    const wish = {
      kind: kind.value,
      title: title.value.trim(),
      who: who.value.trim(),
      why: why.value.trim(),
      ...(number.value.trim() !== '' && { number: number.value.trim() }),
      scope: about,
      ...(zone.value.trim() !== '' && { timeZone: zone.value.trim() }),
      start: start.value,
      end: end.value,
      ...(repeat !== undefined && { repeat }),
    };
    void act(
      () => request<WindowView>('POST', apiPath('maintenance'), wish),
      ({ window, stores }) => {
        toast(words.announced(window.title, words.stores(stores, format.value.number(stores))));
        onClose(true);
      },
      refused,
    );
  };
  return (
    <Modal title={words.announceTitle} testId="announce" onClose={() => onClose(false)}>
      <form class="form wide-form" onSubmit={announce}>
        <div class="kind-choice">
          <Segments of={kind} values={KINDS} words={words.kinds} name="kind" label={words.kind} />
          <p class="hint">{words.kindMore[kind.value]}</p>
        </div>
        <Text name="title" label={words.title} hint={words.titleHint} of={title} faults={faults.value} required />
        <div class="field-pair">
          <Text name="who" label={words.whoField} hint={words.whoHint} of={who} faults={faults.value} required />
          <Text name="number" label={words.number} hint="CHG0042" of={number} faults={faults.value} />
        </div>
        <Text name="why" label={words.why} hint={words.whyHint} of={why} faults={faults.value} required />
        <ScopeFields of={scope} legend={words.scope} fault={faults.value.scope} />
        <div class="field-pair">
          <Moment name="start" label={words.start} of={start} faults={faults.value} />
          <Moment name="end" label={words.end} of={end} faults={faults.value} />
        </div>
        <div class="field-pair">
          <Field label={words.zone}>
            {(id) => (
              <div data-field="timeZone">
                <input
                  id={id}
                  list="time-zones"
                  autocomplete="off"
                  spellcheck={false}
                  placeholder={words.zoneHint}
                  value={zone.value}
                  aria-invalid={faults.value.timeZone !== undefined}
                  onInput={(event) => {
                    zone.value = event.currentTarget.value;
                  }}
                />
                <datalist id="time-zones">
                  {Intl.supportedValuesOf('timeZone').map((name) => (
                    <option key={name} value={name} />
                  ))}
                </datalist>
                <Fault of={faults.value.timeZone} />
              </div>
            )}
          </Field>
          <Field label={words.repeat}>
            {(id) => (
              <div data-field="repeat">
                <select
                  id={id}
                  value={repetition.value}
                  onChange={(event) => {
                    repetition.value = event.currentTarget.value as Repetition;
                  }}
                >
                  {REPETITIONS.map((one) => (
                    <option key={one} value={one}>
                      {words.repeats[one]}
                    </option>
                  ))}
                </select>
                <Fault of={faults.value.repeat} />
              </div>
            )}
          </Field>
        </div>
        <p class="hint">{words.zoneMore}</p>
        <footer class="buttons">
          <button type="submit" class="button primary" data-testid="announce-yes">
            {words.announceYes}
          </button>
          <button type="button" class="button" onClick={() => onClose(false)}>
            {words.cancel}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

function Fault({ of }: { of: string | undefined }) {
  if (of === undefined) return null;
  return (
    <p class="hint fault" role="alert">
      {of}
    </p>
  );
}

interface Part {
  name: string;
  label: string;
  of: Signal<string>;
  faults: Faults;
}

function Text({
  name,
  label,
  hint,
  of,
  faults,
  required = false,
}: Part & { name: keyof typeof LONGEST; hint: string; required?: boolean }) {
  return (
    <Field label={label}>
      {(id) => (
        <div data-field={name}>
          <input
            id={id}
            required={required}
            autocomplete="off"
            maxLength={LONGEST[name]}
            placeholder={hint}
            value={of.value}
            aria-invalid={faults[name] !== undefined}
            onInput={(event) => {
              of.value = event.currentTarget.value;
            }}
          />
          <Fault of={faults[name]} />
        </div>
      )}
    </Field>
  );
}

function Moment({ name, label, of, faults }: Part) {
  return (
    <Field label={label}>
      {(id) => (
        <div data-field={name}>
          <input
            id={id}
            type="datetime-local"
            required
            value={of.value}
            aria-invalid={faults[name] !== undefined}
            onInput={(event) => {
              of.value = event.currentTarget.value;
            }}
          />
          <Fault of={faults[name]} />
        </div>
      )}
    </Field>
  );
}
