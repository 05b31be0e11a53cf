import { ROOMS, roomOf } from '../../test/workshop/boundaries.ts';
import { readSources } from '../../test/workshop/imports.ts';

const PRODUCT = ['protocol', 'agent', 'collector', 'alerting', 'dashboard', 'cli'];

/** A Mermaid picture of which room imports which, from the imports as they are. Dotted: only its ports. */
export function architecturePicture(root: string): string {
  const arrows = new Map<string, { portsOnly: boolean; files: number }>();
  for (const file of readSources(root, PRODUCT)) {
    const from = roomOf(file.path)?.name;
    const reached = new Map<string, boolean>();
    for (const target of file.local) {
      const to = roomOf(target)?.name;
      if (!from || !to || from === to) continue;
      const isPort = /(?:^|\/)(?:ports|engine\/types)\.ts$/.test(target);
      reached.set(to, (reached.get(to) ?? true) && isPort);
    }
    for (const [to, portsOnly] of reached) {
      const arrow = arrows.get(`${from} ${to}`) ?? { portsOnly: true, files: 0 };
      arrows.set(`${from} ${to}`, { portsOnly: arrow.portsOnly && portsOnly, files: arrow.files + 1 });
    }
  }
  const id = (room: string) => room.replace('/', '_');
  const drawn = [...arrows].map(([pair, { portsOnly }]) => {
    const [from, to] = pair.split(' ') as [string, string];
    return `  ${id(from)} ${portsOnly ? '-.->|ports|' : '-->'} ${id(to)}`;
  });
  const named = new Set([...arrows.keys()].flatMap((pair) => pair.split(' ')));
  const rooms = ROOMS.filter((room) => named.has(room.name)).map((room) => `  ${id(room.name)}["${room.name}/"]`);
  return ['```mermaid', 'flowchart TD', ...rooms, ...drawn.sort(), '```'].join('\n');
}
