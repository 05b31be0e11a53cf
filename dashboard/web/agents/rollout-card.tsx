import { useSignal } from '@preact/signals';
import type { DeviceState } from '../../../protocol/views.ts';
import { type RolloutEntry, UPDATE_STANDINGS, WAVES } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { deviceHref, numberOf } from '../keys.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Mark } from '../parts/mark.tsx';
import { nameStore } from '../parts/store-choice.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { may } from '../state/session.ts';
import { tileOf } from '../state/wall.ts';
import { format } from '../words/index.ts';
import { rolloutWords } from '../words/rollout.ts';
import { writeDate } from '../words/times.ts';
import type { Agent } from './agent.ts';
import type { RolloutState, UpdateStanding } from './types.ts';

const MARKS: Record<RolloutState, DeviceState> = {
  running: 'up',
  paused: 'blind',
  stopped: 'down',
  aborted: 'closed',
  done: 'up',
};
const WORRIES: Partial<Record<UpdateStanding, DeviceState>> = { refused: 'degraded', missing: 'down' };
const GOOD: ReadonlySet<UpdateStanding> = new Set(['done', 'newer']);

type Wish = 'running' | 'paused' | 'aborted';

/** How far a rollout is, who needs a look, and the buttons that stop and resume it. */
export function RolloutCard({
  rollout,
  fleet,
  reload,
}: {
  rollout: RolloutEntry;
  fleet: readonly Agent[];
  reload: () => void;
}) {
  const words = rolloutWords.value;
  const { version, state, wave, attempt, whileOpen, by, startedAt, waveAt } = rollout;
  const isAborting = useSignal(false);
  const change = (wish: Wish, said: string): Promise<void> =>
    act(
      () => request('POST', apiPath('rollout', 'state'), { state: wish }),
      () => {
        isAborting.value = false;
        toast(said);
        reload();
      },
    );
  const isEnded = state === 'done' || state === 'aborted';
  return (
    <section class="card rollout" data-testid="rollout" data-state={state}>
      <header class="card-head">
        <h2>{`${words.rollout}, ${words.of(version).toLocaleLowerCase()}`}</h2>
        {may('admin') && !isEnded && (
          <span class="buttons">
            {state === 'running' ? (
              <button
                type="button"
                class="button"
                data-testid="pause"
                onClick={() => void change('paused', words.paused)}
              >
                {words.pause}
              </button>
            ) : (
              <button
                type="button"
                class="button primary"
                data-testid="resume"
                onClick={() => void change('running', words.resumed)}
              >
                {words.resume}
              </button>
            )}
            <button
              type="button"
              class="button"
              onClick={() => {
                isAborting.value = true;
              }}
            >
              {words.abort}
            </button>
          </span>
        )}
      </header>
      <p class="rollout-state">
        <Mark as={MARKS[state]}>{words.states[state]}</Mark> <span>{words.told[state]}</span>
      </p>
      <Waves rollout={rollout} />
      <p class="quiet">
        {[
          words.startedBy(by, writeDate(startedAt)),
          ...(attempt > 1 ? [words.attempt(format.value.number(attempt))] : []),
          ...(whileOpen ? [words.alsoOpen] : []),
          ...(!isEnded && wave !== 'canary' ? [words.waveSince(writeDate(waveAt))] : []),
        ].join(' · ')}
      </p>
      <Progress rollout={rollout} />
      <Attention rollout={rollout} fleet={fleet} />
      {isAborting.value && (
        <Confirm
          title={words.abortAsk}
          yes={words.abort}
          onYes={() => void change('aborted', words.aborted)}
          onClose={() => {
            isAborting.value = false;
          }}
        >
          <p>{words.abortMore}</p>
        </Confirm>
      )}
    </section>
  );
}

function Waves({ rollout: { state, wave, canary, sharePercent } }: { rollout: RolloutEntry }) {
  const words = rolloutWords.value;
  const here = WAVES.indexOf(wave);
  const more = {
    canary: words.waveMore.canary(canary.map(nameStore).join(', ')),
    share: words.waveMore.share(format.value.percent(sharePercent)),
    all: words.waveMore.all(),
  };
  return (
    <ol class="waves">
      {WAVES.map((one, i) => (
        <li
          key={one}
          data-wave={state === 'done' || i < here ? 'past' : i === here ? 'here' : 'later'}
          aria-current={i === here && state !== 'done' ? 'step' : undefined}
        >
          <b>{words.waves[one]}</b>
          <span class="quiet">{more[one]}</span>
        </li>
      ))}
    </ol>
  );
}

/** Devices by how far they are; what is nobody is not told. */
function Progress({ rollout: { counts } }: { rollout: RolloutEntry }) {
  const words = rolloutWords.value;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  return (
    <dl class="bars">
      {UPDATE_STANDINGS.filter((standing) => (counts[standing] ?? 0) > 0).map((standing) => {
        const count = counts[standing] ?? 0;
        const worry = WORRIES[standing];
        return (
          <div key={standing} data-standing={standing}>
            <dt>
              {worry === undefined ? words.standings[standing] : <Mark as={worry}>{words.standings[standing]}</Mark>}
            </dt>
            <dd>
              <span class="bar" data-worry={worry} data-good={GOOD.has(standing)}>
                <i style={{ width: `${(100 * count) / total}%` }} />
              </span>
              {format.value.number(count)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Attention({ rollout: { attention }, fleet }: { rollout: RolloutEntry; fleet: readonly Agent[] }) {
  const words = rolloutWords.value;
  if (attention.length === 0) return null;
  const titles = new Map(fleet.map(({ device, title }) => [device, title]));
  return (
    <>
      <h3>{words.attention}</h3>
      <ul class="attention">
        {attention.map(({ device, standing }) => {
          const store = device.slice(0, device.lastIndexOf('/')) as `${string}/${string}`;
          const worry = WORRIES[standing];
          return (
            <li key={device}>
              <a class="store-link" href={deviceHref(device)}>
                <b>{numberOf(store)}</b> {tileOf(store)?.value.title},{' '}
                {titles.get(device) ?? device.slice(device.lastIndexOf('/') + 1)}
              </a>
              {worry === undefined ? (
                <span class="quiet">{words.standings[standing]}</span>
              ) : (
                <Mark as={worry}>{words.standings[standing]}</Mark>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
