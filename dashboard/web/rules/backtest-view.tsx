import { signal, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BacktestView as Replay } from '../../ports.ts';
import { type ApiError, apiPath, type Detail, request } from '../api.ts';
import { namePlace, placeOptions, readPlace } from '../maintenance/places.ts';
import { Skeleton } from '../pages/skeleton.tsx';
import { Blank } from '../parts/blank.tsx';
import { Choices } from '../parts/choices.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { wallTime } from '../parts/wall-time.ts';
import { act } from '../state/acts.ts';
import { second, serverNow } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { backtestWords } from '../words/backtest.ts';
import { format, ui } from '../words/index.ts';
import { writeDate } from '../words/times.ts';
import { BacktestResult } from './backtest-result.tsx';
import { draft, draftFaults } from './draft.ts';
import { DraftField } from './draft-field.tsx';

const HOUR_MS = 3_600_000;
const SPANS_MS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS, month: 720 * HOUR_MS } as const;
const SPANS = Object.keys(SPANS_MS) as (keyof typeof SPANS_MS)[];

/** What is to be replayed: kept while somebody looks elsewhere. Times by the reader's clock. */
const from = signal('');
const to = signal('');
const places = signal<readonly string[]>([]);
/** The replay that is shown: the address names it too, so that it outlives a reload and can be handed on. */
const shown = signal('');

function show(id: string): void {
  shown.value = id;
  history.replaceState(null, '', id === '' ? location.pathname : `#${id}`);
}

/** Replays the past by the draft, beside today's rules. */
export function BacktestView() {
  useEffect(() => {
    const named = location.hash.slice(1);
    if (/^[0-9a-f]{12}$/.test(named)) shown.value = named;
    else if (shown.peek() !== '') show(shown.peek());
  }, []);
  const words = backtestWords.value;
  return (
    <div class="column" data-testid="backtest">
      <section class="card">
        <h2>{words.title}</h2>
        <p class="quiet backtest-lead">{words.lead}</p>
        {may('operator') ? (
          <>
            {/* Not within the form: what it asks is a form of its own. */}
            <DraftField />
            <Form />
          </>
        ) : (
          <p class="quiet">{words.operators}</p>
        )}
      </section>
      {shown.value !== '' && may('operator') && (
        <div id="replay">
          <Shown key={shown.value} id={shown.value} />
        </div>
      )}
    </div>
  );
}

/** The last so many hours, up to the minute that is over. */
function choose(ms: number): void {
  const end = Math.floor(serverNow() / 60_000) * 60_000;
  from.value = wallTime(end - ms);
  to.value = wallTime(end);
}

function Form() {
  const words = backtestWords.value;
  const faults = useSignal<readonly Detail[]>([]);
  useEffect(() => {
    if (to.peek() === '') choose(SPANS_MS.week);
  }, []);
  const refused = ({ details }: ApiError, text: string): boolean => {
    // `/rules` is the draft, whatever follows is within it.
    const [inDraft, others] = [details.filter(isOfRules), details.filter((detail) => !isOfRules(detail))];
    draftFaults.value =
      inDraft.length === 0
        ? undefined
        : { text, faults: inDraft.map(({ path, message }) => ({ path: path.replace(/^\/rules/, ''), message })) };
    faults.value = others;
    return details.length > 0;
  };
  const start = (event: Event): void => {
    event.preventDefault();
    const text = draft.value;
    faults.value = [];
    const wish = {
      rules: text,
      from: Date.parse(from.value),
      to: Date.parse(to.value),
      ...(places.value.length > 0 && { places: [...places.value] }),
    };
    void act(
      () => request<Replay>('POST', apiPath('backtests'), wish),
      ({ id }) => {
        draftFaults.value = undefined;
        show(id);
        requestAnimationFrame(() => document.querySelector('#replay')?.scrollIntoView({ block: 'start' }));
      },
      (error) => refused(error, text),
    );
  };
  const faultOf = (name: string): string | undefined =>
    faults.value.find(({ path }) => path.startsWith(name) || path.startsWith(`body${name}`))?.message;
  return (
    <form class="form backtest-form" onSubmit={start}>
      <div class="backtest-span">
        <Moment label={words.from} name="from" of={from} fault={faultOf('/from')} />
        <Moment label={words.to} name="to" of={to} fault={faultOf('/to')} />
        <fieldset class="segments" aria-label={words.spansLabel}>
          {SPANS.map((span) => (
            <button key={span} type="button" data-testid={`span-${span}`} onClick={() => choose(SPANS_MS[span])}>
              {words.spans[span]}
            </button>
          ))}
        </fieldset>
      </div>
      <Choices
        label={words.places}
        hint={words.placesHint}
        of={places}
        read={readPlace}
        tell={namePlace}
        remove={words.remove}
        options={placeOptions()}
        unknown={words.noSuchPlace}
      />
      {faults.value
        .filter(({ path }) => !/^(body)?\/(from|to)$/.test(path))
        .map(({ path, message }) => (
          <p key={`${path} ${message}`} class="hint fault" role="alert">
            {ui.value.pair(path, message)}
          </p>
        ))}
      <div class="buttons">
        <button type="submit" class="button primary" data-testid="backtest-start" disabled={draft.value.trim() === ''}>
          {words.start}
        </button>
      </div>
    </form>
  );
}

const isOfRules = ({ path }: Detail): boolean => path.startsWith('/rules');

function Moment({
  label,
  name,
  of,
  fault,
}: {
  label: string;
  name: string;
  of: { value: string };
  fault: string | undefined;
}) {
  return (
    <Field label={label}>
      {(id) => (
        <div data-field={name}>
          <input
            id={id}
            type="datetime-local"
            required
            value={of.value}
            aria-invalid={fault !== undefined}
            onInput={(event) => {
              of.value = event.currentTarget.value;
            }}
          />
          {fault !== undefined && (
            <p class="hint fault" role="alert">
              {fault}
            </p>
          )}
        </div>
      )}
    </Field>
  );
}

/** How far a replay is, or what it found. */
function Shown({ id }: { id: string }) {
  const words = backtestWords.value;
  const isOver = useSignal(false);
  const { data, error, reload } = useResource<Replay>(
    () => apiPath('backtests', id),
    useComputed(() => (isOver.value ? 0 : second.value)),
  );
  useEffect(() => {
    isOver.value = error !== undefined || (data !== undefined && data.standing !== 'running');
  }, [data, error]);
  const remove = (): Promise<void> =>
    act(
      () => request('DELETE', apiPath('backtests', id)),
      () => (data?.standing === 'running' ? reload() : show('')),
    );
  if (data === undefined) {
    if (error === undefined) return <Skeleton />;
    if (error.status !== 404) return <Trouble error={error} retry={reload} />;
    return <Blank kind="empty" title={words.gone} more={words.goneMore} />;
  }
  if (data.standing === 'running') return <Running of={data} onCancel={() => void remove()} />;
  if (data.answer !== undefined) {
    return (
      <BacktestResult answer={data.answer}>
        <p class="quiet backtest-asked">
          {words.askedBy(data.by, writeDate(data.at))}
          <button type="button" class="link-button" data-testid="forget" onClick={() => void remove()}>
            {words.forget}
          </button>
        </p>
      </BacktestResult>
    );
  }
  return (
    <section class="card" data-testid={`backtest-${data.standing}`}>
      <p>{data.standing === 'cancelled' ? words.cancelled : ui.value.pair(words.failed, data.error ?? '')}</p>
    </section>
  );
}

function Running({ of: { done, total, secondsLeft }, onCancel }: { of: Replay; onCancel: () => void }) {
  const words = backtestWords.value;
  const { percent, duration } = format.value;
  const share = total === 0 ? 0 : (100 * done) / total;
  return (
    <section class="card backtest-running" data-testid="backtest-running">
      <p>
        <b>{total === 0 ? words.starting : words.running(percent(Math.floor(share)))}</b>
        {secondsLeft !== undefined && <span class="quiet">{words.left(duration(secondsLeft))}</span>}
      </p>
      <progress max={100} value={share} aria-label={words.title} />
      <button type="button" class="button" data-testid="backtest-cancel" onClick={onCancel}>
        {words.cancel}
      </button>
    </section>
  );
}
