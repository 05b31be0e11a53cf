import { useComputed } from '@preact/signals';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { RuleOrigin, RuleView } from '../../../protocol/rule-views.ts';
import { apiPath } from '../api.ts';
import { partsOf } from '../keys.ts';
import { Mark } from '../parts/mark.tsx';
import { Card } from '../parts/page-head.tsx';
import { nameStore } from '../parts/store-choice.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { ruleWords } from '../words/device-rules.ts';
import { format, shared } from '../words/index.ts';
import { isAdapted, tellOrigin, tellValue } from './tell-value.ts';

const MINUTE_MS = 60_000;

/** What judges a device: first what is adapted to it or its store, each value with where it comes from. */
export function RulesCard({ device }: { device: DeviceKey }) {
  const words = ruleWords.value;
  const { data, error, reload } = useResource<{ rules: RuleView[] }>(
    () => apiPath('devices', ...partsOf(device), 'rules'),
    useComputed(() => Math.floor(tick.value / MINUTE_MS)),
  );
  if (data === undefined) {
    return error?.status === 404 ? null : (
      <Card title={words.title}>
        {error === undefined ? <i class="bone line" /> : <Trouble error={error} retry={reload} />}
      </Card>
    );
  }
  const adapted = data.rules.filter(isAdapted);
  const others = data.rules.filter((rule) => !isAdapted(rule));
  const judging = data.rules.filter(({ enabled }) => enabled).length;
  return (
    <section class="card" data-testid="rules">
      <h2>{words.title}</h2>
      <p class="quiet">{data.rules.length === 0 ? words.none : words.lead(words.rules(judging), adapted.length)}</p>
      {adapted.length > 0 && <Rules rules={adapted} />}
      {others.length > 0 && (
        <details class="rules-rest" open={data.rules.length <= 3}>
          <summary>{adapted.length === 0 ? words.rules(others.length) : words.others(others.length)}</summary>
          <Rules rules={others} />
        </details>
      )}
    </section>
  );
}

const Rules = ({ rules }: { rules: readonly RuleView[] }) => (
  <ul class="rules">
    {rules.map((rule) => (
      <li key={rule.id} data-rule={rule.id}>
        <details open={isAdapted(rule)}>
          <summary>
            {rule.title[locale.value]}
            {!rule.enabled && <Mark as="closed">{ruleWords.value.off}</Mark>}
            {rule.about !== '' && <span class="quiet rule-about">{rule.about}</span>}
          </summary>
          <Told rule={rule} />
        </details>
      </li>
    ))}
  </ul>
);

function Told({ rule }: { rule: RuleView }) {
  const words = ruleWords.value;
  const { enabled, enabledFrom, settings, passedOver } = rule;
  return (
    <>
      {enabledFrom.level !== 'pack' && (
        <p>
          {enabled && words.on} <Origin of={enabledFrom} />
        </p>
      )}
      {enabled && (
        <dl class="rule-values">
          {settings.map(({ name, value, from }) => (
            <div key={name} data-setting={name} data-level={from.level}>
              <dt>{words.settings[name] ?? name}</dt>
              <dd>
                {tellValue(rule, { name, value }, words, format.value)} <Origin of={from} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {passedOver.map((origin) => (
        <p key={origin.override}>
          {words.passedOver} <Origin of={origin} />
        </p>
      ))}
    </>
  );
}

function Origin({ of }: { of: RuleOrigin }) {
  const words = ruleWords.value;
  const told = tellOrigin(of, words, { locale: locale.value, kinds: shared.value.deviceKinds, nameStore });
  if (told === undefined) return null;
  return <small class="source">{of.why === undefined ? told : `${told} – ${of.why}`}</small>;
}
