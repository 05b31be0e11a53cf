import { dirname, resolve } from 'node:path';
import { Compile } from 'typebox/compile';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { Device, DeviceKind, Store } from '../../../protocol/inventory.ts';
import { type RuleFault, toFaults } from '../schema-faults.ts';
import { type Scenario, ScenarioFile, TestsFile } from './scenario.ts';
import { toMs } from './spans.ts';
import { readNumbers, readStatuses, ValuesError } from './values.ts';

/** Says where a file of scenarios is wrong: one line per fault, with the file's name, the line and the path. */
export class ScenarioError extends Error {
  constructor(source: string, faults: readonly (RuleFault & { line: number })[]) {
    super(faults.map(({ line, path, message }) => `${source}:${line}: ${path ? `${path} ` : ''}${message}`).join('\n'));
    this.name = 'ScenarioError';
  }
}

const single = Compile(ScenarioFile);
const several = Compile(TestsFile);

const START = '2025-03-10T09:00:00Z';
const DEVICES: Record<string, DeviceKind> = { server: 'server', 'till-1': 'till', 'till-2': 'till' };

/**
 * The scenarios of a file: one, or several under `tests`, which take over what the file says of none of them. `source` is
 * the file's path: it names the file in errors, and the paths of rule packs count from it.
 * @throws {ScenarioError} with every fault.
 */
export function readScenarios(text: string, source: string): Scenario[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  if (document.errors.length > 0) {
    throw new ScenarioError(
      source,
      document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, path: '', message })),
    );
  }
  const written: unknown = document.toJS({ maxAliasCount: 100 });
  const isMany = typeof written === 'object' && written !== null && 'tests' in written;
  const faults = toFaults((isMany ? several : single).Errors(written), '');
  const scenarios = faults.length > 0 ? [] : isMany ? spread(written as TestsFile) : [written as ScenarioFile];
  for (const [index, scenario] of scenarios.entries())
    faults.push(...faultsOf(scenario, isMany ? `/tests/${index}` : ''));
  if (faults.length > 0) {
    throw new ScenarioError(
      source,
      faults.map((fault) => ({ ...fault, line: lineOf(document, lines, fault.path) })),
    );
  }
  return scenarios.map(({ start = START, stores, devices = DEVICES, rules, ...scenario }) => ({
    ...scenario,
    start,
    stores: stores ?? [storeOf(devices)],
    ...(rules !== undefined && { rules: typeof rules === 'string' ? resolve(dirname(source), rules) : rules }),
  }));
}

/** What the file says goes for each of its tests that does not say otherwise. */
function spread({ tests, ...shared }: TestsFile): ScenarioFile[] {
  return tests.map((test) => {
    const { stores, devices, ...rest } = shared;
    const places = test.stores || test.devices ? {} : { ...(stores && { stores }), ...(devices && { devices }) };
    return { ...rest, ...places, ...test };
  });
}

function storeOf(devices: Readonly<Record<string, DeviceKind>>): Store {
  let lane = 0;
  const all = Object.entries(devices).map(
    ([name, kind]): Device => ({ name, kind, ...((kind === 'till' || kind === 'self-checkout') && { lane: ++lane }) }),
  );
  return { name: 'store', title: 'Store', timeZone: 'UTC', devices: all };
}

/** What the schema cannot tell. */
function faultsOf({ start, stores, devices, series = [], timeline }: ScenarioFile, path: string): RuleFault[] {
  const faults: RuleFault[] = [];
  if (start !== undefined && Number.isNaN(Date.parse(start))) {
    faults.push({ path: `${path}/start`, message: `must be a time such as \`${START}\`; it is \`${start}\`` });
  }
  if (stores && devices) faults.push({ path: `${path}/devices`, message: 'must not stand beside stores' });
  timeline.forEach(({ at }, index) => {
    const before = timeline[index - 1]?.at ?? '0s';
    if (toMs(at) < toMs(before))
      faults.push({ path: `${path}/timeline/${index}/at`, message: `must not come before ${before}; it is ${at}` });
  });
  series.forEach((one, index) => {
    const { reading, check, tags, with: beside, every, values } = one;
    const at = `${path}/series/${index}`;
    if ((reading === undefined) === (check === undefined))
      faults.push({ path: at, message: 'must have either a reading or a check' });
    for (const [name, part] of Object.entries({ tags, with: beside }))
      if (check !== undefined && part) faults.push({ path: `${at}/${name}`, message: 'must not stand beside a check' });
    if (every !== undefined && toMs(every) < 1000) faults.push({ path: `${at}/every`, message: 'must be 1s or more' });
    try {
      if (check === undefined) readNumbers(values);
      else readStatuses(values);
    } catch (error) {
      if (!(error instanceof ValuesError)) throw error;
      faults.push({ path: `${at}/values`, message: error.message });
    }
  });
  return faults;
}

/** The line a path stands on; of what is not there, that of what it should be part of. */
function lineOf(document: Document, lines: LineCounter, path: string): number {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (let depth = keys.length; depth >= 0; depth--) {
    const node: unknown = document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
