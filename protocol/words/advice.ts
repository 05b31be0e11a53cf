import type { Reason } from '../reasons.ts';
import type { Incident } from '../views.ts';
import type { Advice } from './words.ts';

const BY_MEASUREMENT: Readonly<Record<string, Advice>> = {
  cpu: 'processor',
  system: 'processor',
  mem: 'memory',
  swap: 'memory',
  disk: 'disk',
  procstat_lookup: 'process',
  net_response: 'service',
  http_response: 'service',
};

/** What helps first, by what is at fault. */
export function adviceFor({ cause, fold }: Pick<Incident, 'cause' | 'fold'>): Advice {
  if (cause.reason.code === 'store.cut-off') return 'cut-off';
  if (fold.code === 'fold.off-lan-together') return 'off-lan-together';
  if (fold.code === 'fold.store-silent') return 'store-silent';
  if (fold.code === 'fold.fell-together') return 'fell-together';
  switch (cause.reason.code) {
    case 'presence.lost':
    case 'presence.no-return':
      return 'lost';
    case 'presence.agent-died':
      return 'agent-died';
    case 'presence.off-lan':
      return 'off-lan';
    case 'presence.off-gateway':
      return 'off-gateway';
    case 'presence.silent':
      return 'silent';
    case 'presence.stopped':
      return 'stopped';
    case 'presence.unreachable':
    case 'presence.watcher-lost':
      return 'unreachable';
    default:
      return BY_MEASUREMENT[measured(cause.reason)] ?? 'other';
  }
}

/** The measurement a reason speaks of: the first word of a reading or of a check's name. */
function measured({ params }: Reason): string {
  const source = String(params?.reading ?? params?.check ?? '');
  const word = source.match(/^[a-z][a-z0-9_]*/)?.[0] ?? '';
  return word === 'process' ? 'procstat_lookup' : word;
}
