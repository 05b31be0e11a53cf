import type { IncidentView } from '../../protocol/views.ts';

const FOR_MS = 5 * 60_000;

/** A till that fell silent, for a look at a desk’s tickets where no incident is at hand. It says that it is simulated. */
export function exampleIncident(now: number): IncidentView {
  const since = now - FOR_MS;
  const silent = { code: 'presence.lost' } as const;
  return {
    key: `example/001/till-3#silence##${since}`,
    number: 1,
    store: 'example/001',
    storeTitle: 'Nantes',
    causeTitle: 'Caisse 3',
    region: 'Ouest',
    simulated: true,
    cause: { kind: 'device', target: 'example/001/till-3', rule: 'silence', reason: silent },
    fold: { code: 'fold.alone' },
    state: 'new',
    severity: 'critical',
    impact: 2,
    urgency: 1,
    priority: 2,
    since,
    openedAt: now,
    lanesDown: 1,
    lanesTotal: 8,
    alerts: [
      {
        key: 'example/001/till-3#silence#',
        device: 'example/001/till-3',
        rule: 'silence',
        instance: '',
        severity: 'critical',
        state: 'firing',
        since,
        reason: silent,
      },
    ],
    ticketState: 'none',
  };
}
