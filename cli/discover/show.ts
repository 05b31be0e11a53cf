import { stringify } from 'yaml';
import type { SweepResult } from '../../agent/snmp/discovery/sweep.ts';
import type { Locale } from '../../protocol/inventory.ts';
import { table } from '../probe/table.ts';
import { words } from '../words/index.ts';
import { addressOf, type Compared } from './compare.ts';

/** What was found as a person reads it, and the lines that accept what is new. */
export function showDevices(
  devices: readonly Compared[],
  { refusing }: Pick<SweepResult, 'refusing'>,
  file: string,
  locale: Locale,
): string[] {
  const text = words(locale).discover;
  const { columns } = text;
  const head = [columns.state, columns.address, columns.name, columns.kind, columns.model, columns.serial];
  const rows = devices.map((one) => rowOf(one, locale));
  const count = (state: Compared['state']) => devices.filter((one) => one.state === state).length;
  const entries = devices.flatMap((one) => (one.state === 'new' ? [one.entry] : []));
  return [
    ...(rows.length === 0
      ? [text.nothing]
      : [
          ...table([[...head, columns.credential], ...rows]),
          '',
          text.counts(count('new'), count('known'), count('gone')),
        ]),
    ...(refusing.length === 0 ? [] : ['', text.refusing(refusing.join(', '))]),
    ...(entries.length === 0 ? [] : ['', text.toAdd(file), '', stringify({ snmpDevices: entries }).trimEnd()]),
  ];
}

function rowOf(one: Compared, locale: Locale): string[] {
  const text = words(locale).discover;
  const { kinds } = words(locale).probe;
  const state = text.states[one.state];
  if (one.state === 'gone') return [state, addressOf(one), one.device.name, '', '', '', one.device.credential];
  const { found } = one;
  const { address, others, kind, vendor = '', model = '', serial = '', credential } = found;
  const name = one.state === 'known' ? one.name : one.entry.name;
  const isElsewhere = one.state === 'known' && one.configured !== address && !others.includes(one.configured);
  const notes = [
    ...(others.length > 0 ? [text.also(others.join(', '))] : []),
    ...(isElsewhere ? [text.moved(one.configured)] : []),
  ];
  const made = model.toLowerCase().startsWith(vendor.toLowerCase()) ? model : `${vendor} ${model}`;
  return [state, address, name, kind ? kinds[kind] : '', made.trim(), serial, credential, notes.join(', ')].map(
    (cell) => cell.replace(/\s+/g, ' '),
  );
}
