import { type DeviceKey, nameOf, type StoreKey, storeOf } from '../../../protocol/names.ts';
import type { EndingAlert, RuleChange, RulesEffect, ValueChange } from '../../../protocol/rule-changes.ts';
import { deviceHref, storeHref } from '../keys.ts';
import { Mark } from '../parts/mark.tsx';
import { Since } from '../parts/since.tsx';
import { nameStore } from '../parts/store-choice.tsx';
import { locale } from '../state/prefs.ts';
import { format } from '../words/index.ts';
import { rulePageWords } from '../words/rules.ts';

/** Alerts named, of those that would end. */
const ENDING_NAMED = 20;

/** So many devices in so many stores. */
export function tellReach(devices: number, stores: number): string {
  const words = rulePageWords.value;
  const { number } = format.value;
  return words.inStores(words.devices(devices, number(devices)), words.stores(stores, number(stores)));
}

/** What rules would do, rule by rule and value by value. */
export function EffectTold({ effect }: { effect: RulesEffect }) {
  const words = rulePageWords.value;
  const { rules, values, devices, stores, ending, endingCount } = effect;
  if (rules.length + values.length === 0) return <p data-testid="effect">{words.nothing}</p>;
  return (
    <div class="effect effect-told" data-testid="effect" data-devices={devices}>
      <p class="effect-sum">
        {devices === 0 ? words.noDevice : words.judgedOtherwise(devices, tellReach(devices, stores))}
      </p>
      {endingCount > 0 && <Ending alerts={ending} count={endingCount} />}
      {rules.length > 0 && (
        <ul class="effect-rules">
          {rules.map((change) => (
            <Changed key={change.id} change={change} />
          ))}
        </ul>
      )}
      {values.length > 0 && (
        <>
          <h3>{words.otherValues}</h3>
          <Values values={values} />
        </>
      )}
    </div>
  );
}

function Changed({ change }: { change: RuleChange }) {
  const words = rulePageWords.value;
  const { number } = format.value;
  const { id, what, title, values, devices, stores, gains, loses } = change;
  const reach = [
    tellReach(devices, stores),
    ...(what === 'changed' && gains > 0 ? [words.gains(number(gains))] : []),
    ...(what === 'changed' && loses > 0 ? [words.loses(number(loses))] : []),
  ];
  return (
    <li data-rule={id} data-what={what}>
      <p>
        <span class="change-what">{words.changes[what]}</span> <b>{title[locale.value]}</b> <code>{id}</code>
        <span class="quiet change-reach">{reach.join(', ')}</span>
      </p>
      {values.length > 0 && <Values values={values} />}
    </li>
  );
}

const Values = ({ values }: { values: readonly ValueChange[] }) => (
  <ul class="value-changes">
    {values.map(({ path, before, after }) => (
      <li key={path}>
        <code>{path}</code>
        <span>
          <Value of={before} /> → <b>{<Value of={after} />}</b>
        </span>
      </li>
    ))}
  </ul>
);

const Value = ({ of }: { of: string | undefined }) =>
  of === undefined ? <i class="quiet">{rulePageWords.value.absent}</i> : <span>{of}</span>;

/** What stands and would end by itself: the most that a change can hide. */
function Ending({ alerts, count }: { alerts: readonly EndingAlert[]; count: number }) {
  const words = rulePageWords.value;
  const shown = alerts.slice(0, ENDING_NAMED);
  return (
    <details class="effect-ending">
      <summary>
        <Mark as="degraded">{words.ending(count, format.value.number(count))}</Mark>
      </summary>
      <p class="quiet">{words.endingMore}</p>
      <ul>
        {shown.map(({ key, device, rule, instance, state, since }) => (
          <li key={key}>
            <Target of={device} /> <code>{rule}</code> {instance !== '' && <span class="quiet">{instance}</span>}{' '}
            {state === 'pending' && <span class="quiet">{words.pending}</span>} <Since at={since} />
          </li>
        ))}
      </ul>
      {count > shown.length && <p class="quiet">{words.more(count - shown.length)}</p>}
    </details>
  );
}

/** A device or a store by name, leading to its page. */
export function Target({ of }: { of: DeviceKey | StoreKey }) {
  const isDevice = of.split('/').length === 3;
  const store = isDevice ? storeOf(of as DeviceKey) : (of as StoreKey);
  return (
    <>
      <a class="text-link" href={storeHref(store)}>
        {nameStore(store)}
      </a>
      {isDevice && (
        <>
          {', '}
          <a class="text-link" href={deviceHref(of as DeviceKey)}>
            {nameOf(of as DeviceKey)}
          </a>
        </>
      )}
    </>
  );
}
