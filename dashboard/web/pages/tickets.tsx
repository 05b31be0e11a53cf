import { useComputed, useSignal } from '@preact/signals';
import type { DeadWork, DeskStanding } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { OnCallCard } from '../on-call/on-call-card.tsx';
import { Blank } from '../parts/blank.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { toast } from '../parts/toast.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { useReading } from '../state/resource.ts';
import { format, ui } from '../words/index.ts';
import { ticketsWords } from '../words/tickets.ts';
import { Skeleton } from './skeleton.tsx';

const REREAD_MS = 10_000;
const WHY_LENGTH = 500;

const ago = (at: number): string => format.value.duration(Math.max(0, tick.value - at) / 1000);

/** How things stand at the service desks, and the ticket work that waits for somebody to decide. */
export function TicketsPage() {
  const words = ticketsWords.value;
  const discarding = useSignal<DeadWork | undefined>(undefined);
  const { data, error, reload } = useReading(
    async () => {
      const [{ desks }, { dead }] = await Promise.all([
        request<{ desks: DeskStanding[] }>('GET', apiPath('tickets', 'desks')),
        request<{ dead: DeadWork[] }>('GET', apiPath('tickets', 'dead')),
      ]);
      return { desks, dead };
    },
    useComputed(() => Math.floor(tick.value / REREAD_MS)),
  );
  const replay = (...path: (string | number)[]): Promise<void> =>
    act(
      () => request('POST', apiPath('tickets', ...path, 'replay')),
      () => {
        toast(words.replayed);
        reload();
      },
    );
  return (
    <div class="page" data-testid="tickets-page">
      <PageHead trail={[{ href: '/', label: ui.value.wall }]} title={ui.value.tickets}>
        <p class="quiet">{words.lead}</p>
      </PageHead>
      {data === undefined && error === undefined && <Skeleton />}
      {data === undefined && error !== undefined && <Trouble error={error} retry={reload} />}
      {data !== undefined && (
        <>
          <section class="card">
            <h2>{words.desks}</h2>
            {data.desks.length === 0 ? (
              <p class="quiet">{words.noDesks}</p>
            ) : (
              <Desks desks={data.desks} onReplay={(desk) => void replay('desks', desk)} />
            )}
          </section>
          <OnCallCard />
          {data.dead.length === 0 ? (
            <Blank kind="empty" title={words.none} more={words.noneMore} />
          ) : (
            <section class="card">
              <h2>{words.deadTitle}</h2>
              <Dead
                dead={data.dead}
                onReplay={({ id }) => void replay('dead', id)}
                onDiscard={(work) => {
                  discarding.value = work;
                }}
              />
            </section>
          )}
        </>
      )}
      {discarding.value !== undefined && (
        <DiscardDialog
          work={discarding.value}
          onClose={(isDone) => {
            discarding.value = undefined;
            if (isDone) reload();
          }}
        />
      )}
    </div>
  );
}

function Desks({ desks, onReplay }: { desks: readonly DeskStanding[]; onReplay: (desk: string) => void }) {
  const words = ticketsWords.value;
  const { number } = format.value;
  return (
    <table class="table stacked">
      <thead>
        <tr>
          <th>{words.desk}</th>
          <th>{words.state}</th>
          <th class="figures">{words.waiting}</th>
          <th class="figures">{words.aside}</th>
          <th>{words.oldest}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {desks.map(({ desk, waiting, dead, oldestAt, awaySince }) => (
          <tr key={desk} data-desk={desk} data-away={awaySince !== undefined}>
            <td>
              <b>{desk}</b>
            </td>
            <td data-label={words.state}>{awaySince === undefined ? words.well : words.away(ago(awaySince))}</td>
            <td class="figures" data-label={words.waiting}>
              {number(waiting)}
            </td>
            <td class="figures" data-label={words.aside}>
              {number(dead)}
            </td>
            <td data-label={words.oldest}>{oldestAt === undefined ? '–' : ui.value.ago(ago(oldestAt))}</td>
            <td class="figures">
              {dead > 0 && (
                <button type="button" class="button" data-testid="replay-all" onClick={() => onReplay(desk)}>
                  {words.replayAll}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Dead({
  dead,
  onReplay,
  onDiscard,
}: {
  dead: readonly DeadWork[];
  onReplay: (work: DeadWork) => void;
  onDiscard: (work: DeadWork) => void;
}) {
  const words = ticketsWords.value;
  return (
    <table class="table stacked">
      <thead>
        <tr>
          <th>{words.what}</th>
          <th>{words.desk}</th>
          <th>{words.error}</th>
          <th>{words.since}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {dead.map((work) => (
          <tr key={work.id} data-work={work.id}>
            <td>
              <a href={`/${work.major ? 'majors' : 'incidents'}/${work.incident}`}>
                {work.major ? words.major(`${work.incident}`) : words.incident(`${work.incident}`)}
              </a>
              <span class="why">{work.subject}</span>
            </td>
            <td data-label={words.desk}>
              <span>
                {work.desk}
                <span class="why">{words.actions[work.action]}</span>
              </span>
            </td>
            <td data-label={words.error}>
              <span>
                {work.error}
                <span class="why">{words.attempts(work.attempts, format.value.number(work.attempts))}</span>
              </span>
            </td>
            <td data-label={words.since}>{ui.value.ago(ago(work.at))}</td>
            <td class="figures">
              <span class="buttons">
                <button type="button" class="button" data-testid="replay" onClick={() => onReplay(work)}>
                  {words.replay}
                </button>
                <button type="button" class="button" data-testid="discard" onClick={() => onDiscard(work)}>
                  {words.discard}
                </button>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Gives it up for good, and says why. */
function DiscardDialog({ work, onClose }: { work: DeadWork; onClose: (isDone: boolean) => void }) {
  const words = ticketsWords.value;
  const why = useSignal('');
  const discard = (): Promise<void> =>
    act(
      () => request('POST', apiPath('tickets', 'dead', work.id, 'discard'), { why: why.value.trim() }),
      () => {
        toast(words.discarded);
        onClose(true);
      },
    );
  return (
    <Confirm
      title={words.discardTitle}
      yes={words.discardYes}
      onYes={() => void discard()}
      onClose={() => onClose(false)}
    >
      <p>
        <b>{work.subject}</b>
      </p>
      <p>{words.discardMore}</p>
      <Field label={words.why}>
        {(id) => (
          <input
            id={id}
            required
            maxLength={WHY_LENGTH}
            autocomplete="off"
            value={why.value}
            onInput={(event) => {
              why.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
    </Confirm>
  );
}
