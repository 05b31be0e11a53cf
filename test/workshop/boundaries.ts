import type { SourceFile } from './imports.ts';

/** A room, and what it may import beside itself: rooms, `ports` of other rooms, and packages if they are few. */
interface Room {
  name: string;
  rooms: readonly string[];
  /** May import any room's `ports.ts`, and the pure types those ports are made of. */
  ports: boolean;
  /** Pure rooms have no Node built-in, no clock and no randomness, and only these packages. */
  pure?: readonly string[];
}

/** DESIGN's table of arrows. The longest name that fits a path is its room. */
export const ROOMS: readonly Room[] = [
  { name: 'protocol', rooms: [], ports: false, pure: ['typebox', 'typebox/compile'] },
  { name: 'agent', rooms: ['protocol'], ports: false },
  { name: 'collector', rooms: ['protocol'], ports: true },
  { name: 'alerting/engine', rooms: ['protocol'], ports: false, pure: ['temporal-polyfill'] },
  { name: 'alerting', rooms: ['alerting/engine', 'protocol'], ports: false },
  { name: 'dashboard/server', rooms: ['protocol', 'dashboard/reports'], ports: true },
  { name: 'dashboard/reports', rooms: ['protocol'], ports: false },
  { name: 'dashboard/web', rooms: ['protocol'], ports: true },
  { name: 'dashboard', rooms: ['protocol'], ports: false },
  {
    name: 'cli',
    rooms: ['protocol', 'agent', 'collector', 'alerting', 'alerting/engine', 'dashboard', 'dashboard/server'],
    ports: true,
  },
  {
    name: 'deploy',
    rooms: [
      'protocol',
      'agent',
      'collector',
      'alerting',
      'alerting/engine',
      'dashboard',
      'dashboard/server',
      'cli',
      'test',
    ],
    ports: true,
  },
  {
    name: 'test',
    rooms: [
      'protocol',
      'agent',
      'collector',
      'alerting',
      'alerting/engine',
      'dashboard',
      'dashboard/reports',
      'dashboard/server',
      'dashboard/web',
      'cli',
    ],
    ports: true,
  },
];

/** The types ports are written in may be imported with them. */
const PORT_FILES = /^(?:[a-z]+\/)+(?:ports|engine\/types)\.ts$/;
const CLOCK =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\b|\bTemporal\.Now\b|\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/;
const RANDOM = /\bMath\.random\b|\bcrypto\b|\brandomUUID\b/;
const WORLD = /\bprocess\b\.|\bconsole\b\.|\bfetch\(|\bglobalThis\b/;

export const roomOf = (path: string): Room | undefined =>
  [...ROOMS].sort((a, b) => b.name.length - a.name.length).find((room) => path.startsWith(`${room.name}/`));

/** Every breach of the arrows, one sentence each; empty when the house is in order. */
export function findBreaches(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map((file) => file.path));
  return [...files.flatMap((file) => breachesOf(file, known)), ...findCycles(files)];
}

function breachesOf(file: SourceFile, known: ReadonlySet<string>): string[] {
  const room = roomOf(file.path);
  if (!room) return [`${file.path}: stands in no room`];
  const breaches: string[] = [];
  for (const target of file.local) {
    const theirs = roomOf(target);
    if (!SOURCE_NAME.test(target)) continue;
    if (!known.has(target)) breaches.push(`${file.path}: imports ${target}, which is not there`);
    else if (theirs === room || (theirs && room.rooms.includes(theirs.name))) continue;
    else if (!room.ports || !PORT_FILES.test(target))
      breaches.push(`${file.path}: ${room.name} may not import ${target}`);
  }
  if (room.pure === undefined) return breaches;
  for (const target of file.outside) {
    if (!room.pure.includes(target)) breaches.push(`${file.path}: ${room.name} is pure and may not import ${target}`);
  }
  for (const [what, pattern] of [
    ['a clock or timer', CLOCK],
    ['randomness', RANDOM],
    ['the world outside', WORLD],
  ] as const) {
    const found = pattern.exec(file.code);
    if (found) breaches.push(`${file.path}: ${room.name} is pure and may not use ${what} (${found[0]})`);
  }
  return breaches;
}

const SOURCE_NAME = /\.(ts|tsx)$/;

/** Import cycles between files, each told once. */
function findCycles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push(`cycle: ${[...trail.slice(start), path].join(' → ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const target of byPath.get(path)?.local ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const file of files) walk(file.path, []);
  return cycles;
}
