import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

export type Route =
  | { page: 'wall' }
  | { page: 'incidents' }
  | { page: 'incident'; number: number }
  | { page: 'major'; number: number }
  | { page: 'review'; number: number }
  | { page: 'store'; store: StoreKey }
  | { page: 'device'; store: StoreKey; device: DeviceKey }
  | { page: 'agents'; part: AgentsPart }
  | { page: 'assets'; part: AssetsPart }
  | { page: 'maintenance' }
  | { page: 'tickets' }
  | { page: 'rules'; part: RulesPart }
  | { page: 'lost' };

const AGENTS_PARTS = ['all', 'waiting', 'tokens', 'versions'] as const;
const ASSETS_PARTS = ['all', 'changes', 'discovered'] as const;
const RULES_PARTS = ['now', 'revisions', 'change', 'backtest'] as const;
export type AgentsPart = (typeof AGENTS_PARTS)[number];
export type AssetsPart = (typeof ASSETS_PARTS)[number];
export type RulesPart = (typeof RULES_PARTS)[number];

/** Which page a path names. */
export function readPath(path: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [first, ...rest] = parts;
  if (first === undefined) return { page: 'wall' };
  if (first === 'incidents' && rest.length === 0) return { page: 'incidents' };
  if ((first === 'maintenance' || first === 'tickets') && rest.length === 0) return { page: first };
  if ((first === 'incidents' || first === 'majors') && rest.length === 1 && /^[1-9]\d{0,15}$/.test(rest[0] as string)) {
    return { page: first === 'majors' ? 'major' : 'incident', number: Number(rest[0]) };
  }
  if (first === 'majors' && rest.length === 2 && rest[1] === 'review' && /^[1-9]\d{0,15}$/.test(rest[0] as string)) {
    return { page: 'review', number: Number(rest[0]) };
  }
  if (first === 'agents' || first === 'assets') {
    const name = rest.length === 0 ? 'all' : rest.join('/');
    const part = rest[0] === 'all' ? undefined : name;
    if (first === 'agents' && AGENTS_PARTS.includes(part as AgentsPart))
      return { page: first, part: part as AgentsPart };
    if (first === 'assets' && ASSETS_PARTS.includes(part as AssetsPart))
      return { page: first, part: part as AssetsPart };
  }
  if (first === 'rules') {
    const part = rest.length === 0 ? 'now' : RULES_PARTS.find((name) => name !== 'now' && name === rest.join('/'));
    if (part !== undefined) return { page: first, part };
  }
  if (first === 'stores' && rest.length === 2) return { page: 'store', store: rest.join('/') as StoreKey };
  if (first === 'devices' && rest.length === 3) {
    return { page: 'device', store: rest.slice(0, 2).join('/') as StoreKey, device: rest.join('/') as DeviceKey };
  }
  return { page: 'lost' };
}
