import { useComputed } from '@preact/signals';
import { STORE_STATES, type StoreState } from '../../../protocol/views.ts';
import { go, route } from '../route.ts';
import { second } from '../state/clock.ts';
import { type Counts, totals } from '../state/counts.ts';
import { chosenChain, chosenStates, toggleState } from '../state/filter.ts';
import { picture } from '../state/live.ts';
import { locale } from '../state/prefs.ts';
import { chains, simulatedChains } from '../state/wall.ts';
import { format, shared, ui } from '../words/index.ts';
import { writeTime } from '../words/times.ts';
import { Simulated } from './badges.tsx';
import { Digits } from './digits.tsx';
import { Freshness } from './freshness.tsx';
import { Glyph } from './glyph.tsx';
import { Menu } from './menu.tsx';

/** What must be known at any moment, on every page: who, how many sell, in which states, and how fresh all that is. */
export function Strip() {
  const shown = picture.value === 'shown';
  return (
    <header class="strip" data-testid="strip">
      <a class="brand" href="/" aria-label={`Vigie, ${ui.value.wall}`}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect x="4" y="7" width="5" height="18" rx="1.200" />
          <rect x="23" y="7" width="5" height="18" rx="1.200" />
          <rect class="brand-fallen" x="12.500" y="14" width="7" height="11" rx="1.200" />
        </svg>
        <span>Vigie</span>
      </a>
      <ChainPicker />
      {shown && <Selling />}
      {shown && <States />}
      <div class="strip-end">
        <nav class="strip-pages" aria-label={ui.value.pages}>
          {(['incidents', 'maintenance', 'rules', 'agents', 'assets'] as const).map((page) => (
            <a key={page} href={`/${page}`} aria-current={route.value.page === page ? 'page' : undefined}>
              {ui.value[page]}
            </a>
          ))}
        </nav>
        <Freshness />
        <Clock />
        <Menu />
      </div>
    </header>
  );
}

function ChainPicker() {
  const list = chains.value;
  const simulated =
    chosenChain.value === '' ? simulatedChains.value.size > 0 : simulatedChains.value.has(chosenChain.value);
  if (list.length === 0) return null;
  return (
    <div class="chain">
      {list.length === 1 ? (
        <span class="chain-name">{list[0]?.title}</span>
      ) : (
        <select
          class="chain-name"
          aria-label={ui.value.chain}
          data-testid="chain"
          value={chosenChain.value}
          onChange={(event) => {
            chosenChain.value = event.currentTarget.value;
          }}
        >
          <option value="">{ui.value.allChains}</option>
          {list.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      )}
      {simulated && <Simulated />}
    </div>
  );
}

function Selling() {
  const words = ui.value;
  const { stores, storesSelling, lanes, lanesSelling } = totals.value;
  return (
    <dl class="selling">
      <Figure testId="stores-selling" part={storesSelling} whole={stores} label={words.storesSell(storesSelling)} />
      <Figure testId="lanes-selling" part={lanesSelling} whole={lanes} label={words.lanesSell(lanesSelling)} />
    </dl>
  );
}

/** As wide as its largest value, so that its neighbours stand still while it moves. */
function Figure({ testId, part, whole, label }: { testId: string; part: number; whole: number; label: string }) {
  const { number } = format.value;
  const digits = String(whole).length;
  const separators = number(whole).length - digits;
  return (
    <div class="figure" data-testid={testId} data-part={part} data-whole={whole}>
      <dd>
        <b style={{ minWidth: `${digits + separators * 0.35}ch` }}>
          <Digits of={number(part)} />
        </b>
        <span>
          /<Digits of={number(whole)} />
        </span>
      </dd>
      <dt>{label}</dt>
    </div>
  );
}

/** What needs someone first. */
const ORDER: readonly StoreState[] = ['down', 'degraded', 'blind', 'selling-offline', 'maintenance', 'closed', 'up'];

function States() {
  return (
    <fieldset class="states" aria-label={ui.value.states}>
      {ORDER.filter((state) => STORE_STATES.includes(state)).map((state) => (
        <StateCount key={state} state={state} />
      ))}
    </fieldset>
  );
}

function StateCount({ state }: { state: StoreState }) {
  const count = useComputed(() => (totals.value as Counts).byState[state]);
  const chosen = useComputed(() => chosenStates.value.has(state));
  const word = shared.value.storeStates[state];
  const figure = format.value.number(count.value);
  return (
    <button
      type="button"
      class="state-count"
      data-testid={`count-${state}`}
      data-state={state}
      data-count={count.value}
      aria-pressed={chosen.value}
      aria-label={ui.value.filterBy(word, figure)}
      title={word}
      disabled={count.value === 0 && !chosen.value}
      onClick={() => {
        toggleState(state);
        if (route.peek().page !== 'wall') go(`/?state=${state}`);
      }}
    >
      <span class="state-mark" data-state={state}>
        <Glyph state={state} />
      </span>
      <b>
        <Digits of={figure} />
      </b>
      <span class="state-word">{word}</span>
    </button>
  );
}

function Clock() {
  const time = useComputed(() => {
    locale.value;
    return writeTime(second.value);
  });
  return (
    <span class="clock" data-testid="clock">
      {time}
    </span>
  );
}
