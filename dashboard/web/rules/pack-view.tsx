import { signal, useComputed } from '@preact/signals';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { PackRule } from '../../../protocol/rule-views.ts';
import type { RulesInForce } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { Skeleton } from '../pages/skeleton.tsx';
import { Blank } from '../parts/blank.tsx';
import { Mark } from '../parts/mark.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { useReading } from '../state/resource.ts';
import { ruleWords } from '../words/device-rules.ts';
import { format, shared, ui } from '../words/index.ts';
import { rulePageWords } from '../words/rules.ts';
import { writeDate } from '../words/times.ts';
import { tellReach } from './effect.tsx';
import { findRules } from './find-rules.ts';
import { tellFault, tellGone } from './tell-rule.ts';
import { tellValue } from './tell-value.ts';

const MINUTE_MS = 60_000;
/** Kinds named in a row; of more there is only the number. */
const KINDS_NAMED = 3;

const sought = signal('');

/** The rules that hold now, of the same sort together. */
export function PackView() {
  const words = rulePageWords.value;
  const { data, error, reload } = useReading(
    async () => {
      const [now, { rules }] = await Promise.all([
        request<RulesInForce>('GET', apiPath('rules')),
        request<{ rules: PackRule[] }>('GET', apiPath('rules', 'list')),
      ]);
      return { now, rules };
    },
    useComputed(() => Math.floor(tick.value / MINUTE_MS)),
  );
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const { now, rules } = data;
  const found = findRules(rules, sought.value, (rule) => [
    ...Object.values(rule.title),
    ...(rule.kinds ?? []).map((kind) => shared.value.deviceKinds[kind as DeviceKind] ?? kind),
    ...rule.settings.map((setting) => tellValue(rule, setting, ruleWords.value, format.value)),
  ]);
  const { number } = format.value;
  return (
    <div class="column" data-testid="rules-now">
      <section class="card">
        <Source of={now} />
        {rules.length === 0 ? (
          <Blank kind="empty" title={words.none} more={words.noneMore} />
        ) : (
          <div class="tool-row">
            <SearchField of={sought} label={words.search} hint={words.searchHint} />
            <span class="quiet" role="status" data-testid="rules-count">
              {found.length === rules.length
                ? words.count(rules.length, number(rules.length))
                : words.shown(found.length, number(found.length), number(rules.length))}
            </span>
            <button type="button" class="button export" onClick={() => saveText('vigie-rules.yaml', now.text)}>
              {words.download}
            </button>
          </div>
        )}
        {rules.length > 0 && found.length === 0 && (
          <Blank kind="empty" title={words.noMatch} more={words.noMatchMore}>
            <button
              type="button"
              class="button"
              onClick={() => {
                sought.value = '';
              }}
            >
              {ui.value.clearFilter}
            </button>
          </Blank>
        )}
        {[...Map.groupBy(found, ({ type }) => type)].map(([type, same]) => (
          <Sort key={type} type={type} rules={same} />
        ))}
      </section>
    </div>
  );
}

/** Keeps a text as a file of the reader's. */
function saveText(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Where the rules come from that hold. */
function Source({ of: { source, revision, newest, last } }: { of: RulesInForce }) {
  const words = rulePageWords.value;
  const told =
    source === 'revision'
      ? words.sources.revision(
          revision,
          last?.id === revision ? last.by : '…',
          last?.id === revision ? writeDate(last.at) : '…',
        )
      : words.sources[source];
  return (
    <p class="rules-source" data-testid="rules-source">
      <span>
        {told} {source === 'revision' && last?.id === revision && <q>{last.why}</q>}
      </span>
      {newest > revision && source === 'revision' && <Mark as="degraded">{words.unread(newest)}</Mark>}
    </p>
  );
}

function Sort({ type, rules }: { type: string; rules: readonly PackRule[] }) {
  const words = rulePageWords.value;
  const { columns } = words;
  return (
    <section class="rules-sort" data-type={type}>
      <h3>
        {words.types[type] ?? type} <span class="quiet">{format.value.number(rules.length)}</span>
      </h3>
      <table class="table stacked pack-rules">
        <thead>
          <tr>
            <th>{columns.rule}</th>
            <th>{columns.fault}</th>
            <th>{columns.severity}</th>
            <th>{columns.when}</th>
            <th>{columns.judges}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <Row key={rule.id} rule={rule} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ rule }: { rule: PackRule }) {
  const words = rulePageWords.value;
  const { columns } = words;
  const settings = Object.fromEntries(rule.settings.map(({ name, value }) => [name, value]));
  const told = (name: string): string =>
    settings[name] === undefined ? '' : tellValue(rule, { name, value: settings[name] }, ruleWords.value, format.value);
  const fault = tellFault(rule, told, words);
  const gone = tellGone(settings, told);
  return (
    <tr data-rule={rule.id}>
      <td>
        <details class="pack-rule">
          <summary>
            <b>{rule.title[locale.value]}</b>
            <span class="why">
              <code>{rule.id}</code> {rule.about}
            </span>
          </summary>
          <dl class="rule-values">
            {rule.settings.map(({ name }) => (
              <div key={name} data-setting={name}>
                <dt>{ruleWords.value.settings[name] ?? name}</dt>
                <dd>{told(name)}</dd>
              </div>
            ))}
          </dl>
        </details>
      </td>
      <td data-label={columns.fault}>
        <span>
          {fault}
          {gone !== '' && <span> → {gone}</span>}
          {settings.for !== undefined && settings.for !== '0 s' && <span class="why">{lasting(told('for'))}</span>}
        </span>
      </td>
      <td data-label={columns.severity}>
        <span>
          {settings.severity === 'critical' || settings.severity === 'warning' ? (
            <b class="severity" data-severity={settings.severity}>
              {shared.value.severities[settings.severity]}
            </b>
          ) : (
            told('severity')
          )}
          {settings.urgency !== undefined && <span class="why">{words.urgency(told('urgency'))}</span>}
        </span>
      </td>
      <td data-label={columns.when}>{told('hours')}</td>
      <td data-label={columns.judges}>
        <Judges rule={rule} />
      </td>
    </tr>
  );
}

const lasting = (time: string): string => ui.value.forDuration(time);

function Judges({ rule: { kinds, attributes = {}, devices, stores, overrides } }: { rule: PackRule }) {
  const words = rulePageWords.value;
  const named = (kinds ?? []).map((kind) => shared.value.deviceKinds[kind as DeviceKind] ?? kind);
  const few = named.length > KINDS_NAMED + 1 ? named.slice(0, KINDS_NAMED) : named;
  const asked = Object.entries(attributes).map(([name, texts]) => `${name} = ${texts.join(', ')}`);
  return (
    <span>
      {tellReach(devices, stores)}
      <span class="why" title={named.join(', ')}>
        {kinds === undefined ? words.anyKind : few.join(', ')}
        {few.length < named.length && ` ${words.more(named.length - few.length)}`}
      </span>
      {asked.map((one) => (
        <span key={one} class="why">
          {one}
        </span>
      ))}
      {overrides > 0 && <span class="why">{words.overrides(overrides)}</span>}
    </span>
  );
}
