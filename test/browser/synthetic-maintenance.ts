import type { WindowView } from '../../dashboard/ports.ts';
import { preferredLocale } from '../../dashboard/server/language.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import type { Answer, Asked } from './fixture-asked.ts';
import type { SyntheticChain } from './synthetic-chain.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOTHING = { status: 204 };

/** Paris has no summer time at most of these tests' hours; a picture needs no better. */
const wall = (at: number): string => new Date(at + HOUR_MS).toISOString().slice(0, 16);

const refuse = (path: string, message: string): Answer => ({
  status: 422,
  body: { error: { code: 'window-refused', message: 'refused', details: [{ path, message }] } },
});

/** Windows that were announced, and what may be asked of them. */
export function createWindows(stores: SyntheticChain['stores'], now: number) {
  const [first = 'demo/1001', second = first] = [...stores.keys()];
  const view = (
    window: Omit<MaintenanceWindow, 'start' | 'end' | 'why'>,
    standing: WindowView['standing'],
    from: number,
    to: number,
    count: number,
  ): WindowView => ({
    window: { why: 'Contrat de raccordement signé en mars', ...window, start: wall(from), end: wall(to) },
    standing,
    from,
    to,
    stores: count,
    by: 'Camille',
    at: now - DAY_MS,
  });
  const fibre = {
    kind: 'maintenance' as const,
    title: 'Bascule de la fibre',
    who: 'Orange',
    scope: { places: [first, second] },
  };
  let windows: WindowView[] = [
    view({ id: 'w-now', number: 'CHG0042', ...fibre }, 'now', now - HOUR_MS, now + 2 * HOUR_MS, 2),
    view(
      {
        id: 'w-next',
        kind: 'change',
        title: 'Version 8.5 du logiciel d’encaissement, avec les correctifs de la fiscalité',
        who: 'Équipe caisses',
        number: 'CHG0051',
        scope: { kinds: ['till', 'self-checkout'], attributes: { 'store.carrier': ['Nordlink'] } },
        repeat: 'FREQ=MONTHLY;BYDAY=2SU',
        timeZone: 'Europe/Paris',
      },
      'coming',
      now + 20 * DAY_MS,
      now + 20 * DAY_MS + 3 * HOUR_MS,
      stores.size,
    ),
    ...Array.from({ length: 24 }, (_, i) =>
      view({ id: `w-past-${i}`, ...fibre }, 'over', now - (i + 2) * DAY_MS, now - (i + 2) * DAY_MS + HOUR_MS, 2),
    ),
  ];

  function announce(wish: Omit<MaintenanceWindow, 'id'>, by: string, french: boolean): Answer {
    if (wish.end <= wish.start)
      return refuse('end', french ? 'doit venir après le début' : 'must come after the start');
    const from = Date.parse(wish.start);
    const added: WindowView = {
      window: { id: `w-${windows.length}`, ...wish },
      standing: 'coming',
      from,
      to: Date.parse(wish.end),
      stores: 1,
      by,
      at: Date.now(),
    };
    windows = [...windows, added];
    return { status: 200, body: added };
  }

  return {
    answer({ method, parts: [, id, verb], language, body, by }: Asked): Answer {
      const french = preferredLocale(language) === 'fr';
      if (method === 'GET' && id === 'feed') return { body: { path: '/api/v1/maintenance.ics?key=0123456789abcdef' } };
      if (method === 'GET') {
        const order = { now: 0, coming: 1, over: 2 };
        return { body: { windows: windows.toSorted((a, b) => order[a.standing] - order[b.standing]) } };
      }
      if (id === undefined) return announce(body as MaintenanceWindow, by, french);
      if (id === 'import-calendar') {
        const { calendar } = body as { calendar: string };
        if (calendar.startsWith('BEGIN:VCALENDAR')) return { body: { imported: 2 } };
        return refuse('calendar:1', french ? 'un agenda commence mal' : 'a calendar begins badly');
      }
      if (verb === 'end') {
        windows = windows.map((one) => (one.window.id === id ? { ...one, standing: 'over' } : one));
        return NOTHING;
      }
      windows = windows.filter(({ window }) => window.id !== id);
      return NOTHING;
    },
  };
}
