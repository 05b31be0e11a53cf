import { useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { BacktestAnswer, ReplayedIncident } from '../../../protocol/backtest.ts';
import type { PackRule } from '../../../protocol/rule-views.ts';
import { say } from '../../../protocol/words/index.ts';
import { apiPath } from '../api.ts';
import { Priority } from '../parts/badges.tsx';
import { Card } from '../parts/page-head.tsx';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { backtestWords } from '../words/backtest.ts';
import { format } from '../words/index.ts';
import { writeDate } from '../words/times.ts';
import { figureRows, tellDelta } from './backtest-figures.ts';
import { Target, tellReach } from './effect.tsx';

/** Incidents, rules and devices shown at first. */
const AT_FIRST = 10;

/** What other rules would have made of the past, beside today's. */
export function BacktestResult({ answer, children }: { answer: BacktestAnswer; children: ComponentChildren }) {
  const words = backtestWords.value;
  const { number } = format.value;
  const { gained, lost, changed, real, notes } = answer;
  return (
    <div class="column" data-testid="backtest-done">
      <section class="card">
        <h2>{words.result}</h2>
        <p class="quiet">
          {words.span(writeDate(answer.from), writeDate(answer.to))}, {tellReach(answer.devices, answer.stores)}
        </p>
        {children}
        <Headline answer={answer} />
        <details class="all-figures">
          <summary>{words.figures}</summary>
          <Figures answer={answer} />
        </details>
      </section>
      <div class="backtest-halves">
        <Incidents testId="gained" title={words.gained} more={words.gainedMore} count={gained.count}>
          {gained.incidents.map((incident) => ({ incident }))}
        </Incidents>
        <Incidents testId="lost" title={words.lost} more={words.lostMore} count={lost.count}>
          {lost.incidents.map((incident) => ({ incident }))}
        </Incidents>
      </div>
      {changed.count > 0 && (
        <Incidents testId="changed" title={words.changed} more={words.changedMore} count={changed.count}>
          {changed.incidents.map(({ before, after }) => ({ incident: after, was: before }))}
        </Incidents>
      )}
      <div class="backtest-halves">
        <NoisyDevices answer={answer} />
        <BusyRules answer={answer} />
      </div>
      <Card title={words.worth}>
        <ul class="worth" data-testid="worth">
          <li>{words.real(real.opened, number(real.found), number(real.opened))}</li>
          {notes.map(({ note, at }) => (
            <li key={note}>{words.notes[note](at === undefined ? '…' : writeDate(at))}</li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

/** The four figures a threshold is moved for. */
function Headline({ answer: { before, after, gained, lost } }: { answer: BacktestAnswer }) {
  const words = backtestWords.value;
  const { number, duration } = format.value;
  const count = (value: number): string => number(value);
  const time = (of: { medianS: number } | undefined): string =>
    of === undefined ? words.noTime : duration(of.medianS);
  return (
    <dl class="headline">
      <Big name={words.difference} value={`+${number(gained.count)} −${number(lost.count)}`} />
      <Big
        name={words.perDay.incidents}
        value={number(after.incidentsPerDay)}
        was={words.before(number(before.incidentsPerDay))}
        delta={tellDelta(after.incidentsPerDay - before.incidentsPerDay, count)}
      />
      <Big
        name={words.perDay.alerts}
        value={number(after.alertsPerDay)}
        was={words.before(number(before.alertsPerDay))}
        delta={tellDelta(after.alertsPerDay - before.alertsPerDay, count)}
      />
      <Big
        name={words.detect}
        value={time(after.toIncident)}
        was={words.before(time(before.toIncident))}
        delta={
          before.toIncident && after.toIncident
            ? tellDelta(after.toIncident.medianS - before.toIncident.medianS, duration)
            : ''
        }
      />
    </dl>
  );
}

const Big = ({ name, value, was, delta = '' }: { name: string; value: string; was?: string; delta?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <b>{value}</b>
      {was !== undefined && (
        <span class="quiet">
          {was} {delta !== '' && `(${delta})`}
        </span>
      )}
    </dd>
  </div>
);

function Figures({ answer }: { answer: BacktestAnswer }) {
  const words = backtestWords.value;
  const { columns } = words;
  return (
    <table class="table figures-table">
      <thead>
        <tr>
          <th>{columns.figure}</th>
          <th class="figures">{columns.before}</th>
          <th class="figures">{columns.after}</th>
          <th class="figures delta">{columns.delta}</th>
        </tr>
      </thead>
      <tbody>
        {figureRows(answer, words, format.value).map(({ name, before, after, delta }) => (
          <tr key={name}>
            <td>{name}</td>
            <td class="figures">{before}</td>
            <td class="figures">{after}</td>
            <td class="figures delta">{delta}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Incidents({
  testId,
  title,
  more,
  count,
  children,
}: {
  testId: string;
  title: string;
  more: string;
  count: number;
  children: { incident: ReplayedIncident; was?: ReplayedIncident }[];
}) {
  const words = backtestWords.value;
  const { number } = format.value;
  const isWhole = useSignal(false);
  const shown = isWhole.value ? children : children.slice(0, AT_FIRST);
  return (
    <section class="card" data-testid={testId} data-count={count}>
      <h2>
        {title} <span class="quiet">{number(count)}</span>
      </h2>
      <p class="quiet">{count === 0 ? words.noIncidents : more}</p>
      <ul class="replayed">
        {shown.map(({ incident, was }) => (
          <Replayed key={`${incident.target} ${incident.rule} ${incident.openedAt}`} incident={incident} was={was} />
        ))}
      </ul>
      {shown.length < children.length && (
        <button
          type="button"
          class="button more"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          {words.showAll(number(children.length))}
        </button>
      )}
      {isWhole.value && children.length < count && (
        <p class="quiet">{words.cut(number(children.length), number(count))}</p>
      )}
    </section>
  );
}

function Replayed({ incident, was }: { incident: ReplayedIncident; was: ReplayedIncident | undefined }) {
  const words = backtestWords.value;
  const { target, rule, reason, priority, openedAt, resolvedAt } = incident;
  return (
    <li>
      <Priority level={priority} />
      <div>
        <p>
          <Target of={target} />
        </p>
        <p>{say(locale.value, reason)}</p>
        <p class="quiet">
          <code>{rule}</code> {writeDate(openedAt)},{' '}
          {resolvedAt === undefined ? words.stands : format.value.duration((resolvedAt - openedAt) / 1000)}
        </p>
        {was !== undefined && (
          <p class="quiet">
            {words.was} P{was.priority}, <code>{was.rule}</code> {say(locale.value, was.reason)}
          </p>
        )}
      </div>
    </li>
  );
}

function NoisyDevices({ answer: { before, after } }: { answer: BacktestAnswer }) {
  const words = backtestWords.value;
  const { number } = format.value;
  const were = new Map(before.devices.map(({ device, alerts }) => [device, alerts]));
  const shown = after.devices.slice(0, AT_FIRST);
  const most = Math.max(1, ...shown.map(({ alerts }) => alerts));
  return (
    <Card title={words.devices}>
      <p class="quiet">{shown.length === 0 ? words.nothingFired : words.devicesMore}</p>
      <dl class="bars noisy" data-testid="noisy">
        {shown.map(({ device, alerts }) => {
          const was = were.get(device);
          return (
            <div key={device}>
              <dt>
                <Target of={device} />
              </dt>
              <dd>
                <Bar share={alerts / most} />
                <span title={was === undefined ? undefined : words.before(number(was))}>{number(alerts)}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}

const Bar = ({ share }: { share: number }) => (
  <span class="bar" aria-hidden="true">
    <i style={{ width: `${100 * share}%` }} />
  </span>
);

function BusyRules({ answer: { after } }: { answer: BacktestAnswer }) {
  const words = backtestWords.value;
  const { number } = format.value;
  // Rules under test have titles too, but the answer does not say them: those that hold lend theirs.
  const { data } = useResource<{ rules: PackRule[] }>(
    () => apiPath('rules', 'list'),
    useComputed(() => 0),
  );
  const titles = new Map(data?.rules.map(({ id, title }) => [id, title[locale.value]]));
  const { ruleColumns } = words;
  return (
    <Card title={words.rules}>
      {after.rules.length === 0 ? (
        <p class="quiet">{words.nothingFired}</p>
      ) : (
        <table class="table figures-table" data-testid="busy-rules">
          <thead>
            <tr>
              <th>{ruleColumns.rule}</th>
              <th class="figures">{ruleColumns.alerts}</th>
              <th class="figures">{ruleColumns.incidents}</th>
            </tr>
          </thead>
          <tbody>
            {after.rules.slice(0, AT_FIRST).map(({ rule, alerts, incidents }) => (
              <tr key={rule}>
                <td>
                  {titles.get(rule) ?? rule}
                  {titles.has(rule) && (
                    <span class="why">
                      <code>{rule}</code>
                    </span>
                  )}
                </td>
                <td class="figures">{number(alerts)}</td>
                <td class="figures">{number(incidents)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
