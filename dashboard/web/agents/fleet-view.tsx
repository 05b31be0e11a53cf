import { signal, useSignal } from '@preact/signals';
import { Skeleton } from '../pages/skeleton.tsx';
import { Blank } from '../parts/blank.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Trouble as Told } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { agentWords } from '../words/agents.ts';
import { format } from '../words/index.ts';
import { type Agent, TROUBLES, type Trouble, troublesOf } from './agent.ts';
import { isFound, useFleet } from './fleet.ts';
import { FleetTable } from './fleet-table.tsx';

const search = signal('');
const wanted = signal<Trouble | undefined>(undefined);

const AT_ONCE = 100;

/** All agents: how many are in which trouble, and who. */
export function FleetView() {
  const { data, error, reload } = useFleet();
  const words = agentWords.value;
  if (data === undefined) return error === undefined ? <Skeleton /> : <Told error={error} retry={reload} />;
  const { agents, usual, hasDoor } = data;
  if (agents.length === 0) return <Blank kind="empty" title={words.none} more={words.noneMore} />;

  const now = tick.value;
  const troubles = new Map(agents.map((agent) => [agent.device, troublesOf(agent, usual, now)]));
  const has = ({ device }: Agent, trouble: Trouble): boolean => troubles.get(device)?.includes(trouble) === true;
  const listed = agents.filter(
    (agent) => (wanted.value === undefined || has(agent, wanted.value)) && isFound(agent, search.value),
  );
  return (
    <section class="card" data-testid="fleet">
      <div class="chips">
        <Chip of={undefined} count={agents.length} />
        {TROUBLES.filter((trouble) => hasDoor || trouble !== 'certificate').map((trouble) => (
          <Chip key={trouble} of={trouble} count={agents.filter((agent) => has(agent, trouble)).length} />
        ))}
      </div>
      <div class="tool-row">
        <SearchField of={search} label={words.search} hint={words.searchHint} />
        <span class="quiet" data-testid="fleet-shown">
          {words.shown(format.value.number(listed.length), format.value.number(agents.length))}
        </span>
      </div>
      {listed.length === 0 ? (
        <Blank kind="empty" title={words.noMatch} more={words.noMatchMore}>
          <button type="button" class="button" onClick={clear}>
            {words.clear}
          </button>
        </Blank>
      ) : (
        <Listed key={`${wanted.value} ${search.value}`} agents={listed} usual={usual} hasDoor={hasDoor} />
      )}
    </section>
  );
}

function clear(): void {
  search.value = '';
  wanted.value = undefined;
}

function Chip({ of, count }: { of: Trouble | undefined; count: number }) {
  const words = agentWords.value;
  const isChosen = wanted.value === of;
  return (
    <button
      type="button"
      class="chip"
      data-testid={`chip-${of ?? 'all'}`}
      data-trouble={count > 0 ? of : undefined}
      aria-pressed={isChosen}
      disabled={count === 0 && !isChosen}
      onClick={() => {
        wanted.value = isChosen ? undefined : of;
      }}
    >
      <b>{format.value.number(count)}</b> {of === undefined ? words.all : words.filters[of]}
    </button>
  );
}

/** So many at once: a thousand rows are read by nobody and slow every page. */
function Listed({ agents, ...rest }: Parameters<typeof FleetTable>[0]) {
  const many = useSignal(AT_ONCE);
  const left = agents.length - many.value;
  return (
    <>
      <FleetTable agents={agents.slice(0, many.value)} {...rest} />
      {left > 0 && (
        <button
          type="button"
          class="button more"
          onClick={() => {
            many.value += AT_ONCE;
          }}
        >
          {agentWords.value.showMore(format.value.number(Math.min(AT_ONCE, left)))}
        </button>
      )}
    </>
  );
}
