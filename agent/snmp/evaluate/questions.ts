import type { Match, NumberRule, Skip, SnmpProfile, SupplyRule, TextRule } from '../profile.ts';
import { INTERFACE_OIDS } from '../read/interfaces.ts';
import { SYSTEM_OIDS } from '../read/system.ts';
import { addressOf, oidsOf } from './address.ts';
import { deniedTo, isMatch } from './match.ts';
import { oidsOfNumber } from './number.ts';
import { isBelow, type Snapshot } from './snapshot.ts';
import { oidsIn } from './template.ts';

/**
 * What a device has to be asked: scalars by GET, columns by a walk. What tells an identity may be a column or one row of
 * it, and stands in both.
 */
export interface Asked {
  scalars: string[];
  columns: string[];
}

export interface Questions {
  /** What changes all the time: values, states, uptime. */
  fast: Asked;
  /** What seldom does: names, limits, identity. */
  slow: Asked;
}

/** All that evaluating with these profiles reads. */
export function questionsOf(profiles: readonly SnmpProfile[]): Questions {
  const all = [questionsOfEvery, ...profiles.map((profile) => questionsOfOne(profile, profiles))];
  const fast = new Set(all.flatMap((one) => one.fast));
  const isSlow = (oid: string) => !fast.has(oid);
  return {
    fast: asked([...fast]),
    slow: asked(all.flatMap((one) => one.slow).filter(isSlow), all.flatMap((one) => one.identity).filter(isSlow)),
  };
}

/** The same by parts, from what every device may have to what only a few do. */
export function questionsByPart(profiles: readonly SnmpProfile[]): { part: string; asked: Asked }[] {
  const parts = [
    { part: 'interfaces', ...questionsOfEvery },
    ...profiles.toReversed().map((profile) => ({ part: profile.name, ...questionsOfOne(profile, profiles) })),
  ];
  return parts.map(({ part, fast, slow, identity }) => ({ part, asked: asked([...fast, ...slow], identity) }));
}

/** What choosing among the profiles reads besides the system group: few, since the rest of a condition must hold first. */
export function questionsOfChoice(profiles: readonly SnmpProfile[], system: Snapshot): Asked {
  const conditions = profiles.flatMap(({ match }) => (match === 'any' ? [] : match));
  const open = conditions.filter(({ has, ...rest }) => has && isMatch(rest, system));
  return asked([], conditionOids(open));
}

interface Oids {
  fast: readonly string[];
  slow: readonly string[];
  identity: readonly string[];
}

const questionsOfEvery: Oids = {
  fast: [...SYSTEM_OIDS.fast, ...INTERFACE_OIDS.fast],
  slow: [...SYSTEM_OIDS.slow, ...INTERFACE_OIDS.slow],
  identity: [],
};

function questionsOfOne(profile: SnmpProfile, chosen: readonly SnmpProfile[]): Oids {
  const denied = deniedTo(profile, chosen);
  const isAllowed = (oid: string) => !denied.some((root) => isBelow(oid, root));
  return {
    fast: valuesOf(profile).filter(isAllowed),
    slow: surroundingsOf(profile).filter(isAllowed),
    identity: identityOids(profile).filter(isAllowed),
  };
}

const isScalar = (oid: string) => oid.endsWith('.0');

function asked(oids: readonly string[], identity: readonly string[] = []): Asked {
  const all = [...oids, ...identity];
  return {
    scalars: [...new Set([...oids.filter(isScalar), ...identity])],
    columns: [...new Set(all.filter((oid) => !isScalar(oid)))],
  };
}

/** The numbers that are told of. */
const valuesOf = (profile: SnmpProfile) => numbersOf(profile).flatMap((rule) => oidsOfNumber(rule).values);

function numbersOf({ cpu = [], memory = [], storage = [], sensors = [], supplies = [] }: SnmpProfile): NumberRule[] {
  return [
    ...cpu.map(({ used }) => used),
    ...[...memory, ...storage].flatMap(({ percent, used, free, total, reclaimable = [] }) => [
      ...[percent, used, free, total],
      ...reclaimable.map(({ value }) => value),
    ]),
    ...sensors.map(({ value }) => value),
    ...supplies.flatMap(({ percent, level }) => [percent, level]),
  ].filter((rule) => rule !== undefined);
}

/** What the numbers are called, multiplied with and judged by. */
function surroundingsOf(profile: SnmpProfile): string[] {
  const { cpu = [], memory = [], storage = [], sensors = [], supplies = [] } = profile;
  const limits = [...sensors.flatMap(({ limits = {} }) => Object.values(limits)), ...supplies.map(({ max }) => max)];
  return [
    ...[...cpu, ...memory, ...storage, ...sensors, ...supplies].flatMap(({ name, skip = [] }) => [
      ...oidsIn(name),
      ...skip.flatMap(skipOids),
    ]),
    ...numbersOf(profile).flatMap((rule) => oidsOfNumber(rule).scales),
    ...[...memory, ...storage].flatMap(({ reclaimable = [] }) => reclaimable.flatMap(whereOids)),
    ...limits
      .filter((limit) => limit !== undefined && typeof limit !== 'number')
      .flatMap((rule) => Object.values(oidsOfNumber(rule)).flat()),
    ...supplies.flatMap(kindOids),
  ];
}

/** What the device is. */
const identityOids = ({
  identity: { kind, model = [], version = [], serial = [] } = {},
  facts = {},
}: SnmpProfile): string[] => [
  ...[...model, ...version, ...serial, ...Object.values(facts).flat()].flatMap(textOids),
  ...(Array.isArray(kind) ? conditionOids(kind) : []),
];

const whereOids = ({ where }: { where?: { oid: string } }) => (where ? oidsOf(addressOf(where.oid)) : []);
const skipOids = ({ oid }: Skip) => (oid === undefined ? [] : oidsOf(addressOf(oid)));
const kindOids = ({ kind }: SupplyRule) => (typeof kind === 'string' ? [] : oidsOf(addressOf(kind.oid)));
const conditionOids = (conditions: readonly Pick<Match, 'has'>[]) =>
  conditions.flatMap(({ has }) => (has ? [has.oid] : []));

function textOids(rule: TextRule): string[] {
  if (typeof rule === 'string') return oidsIn(rule);
  return [addressOf(rule.from).oid, ...whereOids(rule)];
}
