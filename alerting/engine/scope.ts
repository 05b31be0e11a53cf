import { globMatcher } from '../../protocol/glob.ts';
import type { Device, DeviceKind, Store } from '../../protocol/inventory.ts';
import type { RulePack, Scope } from './types.ts';

type Attributes = Readonly<Record<string, string>>;

/** All that a rule's scope may ask of a device. */
export interface Described {
  kind: DeviceKind;
  /** By the first part of an attribute's name: `store.carrier`, `device.model`, `asset.contract`, `observed.os`. */
  store: Attributes | undefined;
  device: Attributes | undefined;
  asset: Attributes | undefined;
  observed: Attributes | undefined;
}

/** A device as the inventory, and its own agent, describe it. */
export const describeDevice = (store: Store, device: Device, observed: Attributes | undefined): Described => ({
  kind: device.kind,
  store: store.attributes,
  device: device.attributes,
  asset: device.asset as Attributes | undefined,
  observed,
});

/** Where an attribute may stand: the first part of its name. */
export const ATTRIBUTE_OWNERS = ['store', 'device', 'asset', 'observed'] as const;
type Owner = (typeof ATTRIBUTE_OWNERS)[number];

/** Which rules of a pack judge a device. */
export interface ScopeMatcher {
  /** Whether anything but its kind decides. */
  readonly asksAttributes: boolean;
  /** Places of the rules in the pack that take it, ascending. */
  rulesFor(device: Described): readonly number[];
}

/** Shapes remembered with their rules; what devices are given as attributes has no bound, so their number has one. */
const REMEMBERED_SHAPES = 4096;

/** Lays the pack's scopes out, their patterns read once, and asked once for all devices that are alike in what is asked. */
export function matchScopes({ rules }: RulePack): ScopeMatcher {
  const takes = rules.map(({ scope }) => compileScope(scope));
  const asked = [...new Set(rules.flatMap(({ scope }) => Object.keys(scope.attributes ?? {})))].map(namedBy);
  const remembered = new Map<string, number[]>();
  return {
    asksAttributes: rules.some(({ scope }) => scope.attributes !== undefined),
    rulesFor: (device) => {
      const shape = JSON.stringify([device.kind, ...asked.map((name) => toldBy(device, name) ?? null)]);
      const known = remembered.get(shape);
      if (known) return known;
      const places = [...takes.keys()].filter((place) => takes[place]?.(device));
      if (remembered.size < REMEMBERED_SHAPES) remembered.set(shape, places);
      return places;
    },
  };
}

/** An attribute, as rules name it. */
interface Named {
  owner: Owner;
  key: string;
}

function namedBy(name: string): Named {
  const dot = name.indexOf('.');
  return { owner: name.slice(0, dot) as Owner, key: name.slice(dot + 1) };
}

function toldBy(described: Omit<Described, 'kind'>, { owner, key }: Named): string | undefined {
  const from = described[owner];
  return from && Object.hasOwn(from, key) ? from[key] : undefined;
}

/** Reads the patterns of a scope once. */
export function compileScope({ kinds, attributes = {} }: Scope): (device: Described) => boolean {
  const takes = matchAttributes(attributes);
  return (device) => (kinds === undefined || kinds.includes(device.kind)) && takes(device);
}

/** Whether all of these attributes are there, each with a text that fits. */
export function matchAttributes(
  attributes: NonNullable<Scope['attributes']>,
): (described: Omit<Described, 'kind'>) => boolean {
  const wanted = Object.entries(attributes).map(([name, patterns]) => ({
    named: namedBy(name),
    patterns: patterns.map((pattern) => globMatcher(pattern, { ignoresCase: true })),
  }));
  return (described) =>
    wanted.every(({ named, patterns }) => {
      const value = toldBy(described, named);
      return value !== undefined && patterns.some((takes) => takes(value));
    });
}
