import { MaintenanceError, type MaintenancePort, type WindowView } from '../../../dashboard/ports/maintenance.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';

export const WINDOW: MaintenanceWindow = {
  id: 'w1',
  kind: 'maintenance',
  title: 'Bascule fibre',
  who: 'Orange',
  why: 'raccordement',
  number: 'CHG0042',
  scope: { places: ['acme/lyon-01'] },
  start: '2026-11-02T22:00',
  end: '2026-11-03T05:00',
};

export const PLANNED: WindowView = { window: WINDOW, standing: 'coming', from: 1, to: 2, stores: 1, by: 'zoé', at: 5 };

/** Windows: w1 is to come; one that takes place now is w2; nothing else is known. */
export const fakeMaintenance = (calls: unknown[][]): MaintenancePort => ({
  list: () => [PLANNED],
  async save(window, by) {
    calls.push(['saveWindow', window, by]);
    if (window.end <= window.start) {
      throw new MaintenanceError([{ path: 'end', message: { fr: 'après le début', en: 'after the start' } }]);
    }
    return { ...PLANNED, window };
  },
  async saveAll(windows, cancelled, by) {
    calls.push(['saveWindows', windows, cancelled, by]);
    if (windows.some(({ id }) => id === 'bad')) {
      throw new MaintenanceError([{ path: 'windows[0].end', message: { fr: 'après', en: 'after' } }]);
    }
    return cancelled.length;
  },
  async importCalendar(file, by) {
    calls.push(['importCalendar', file, by]);
    if (file.calendar === 'bad') {
      throw new MaintenanceError([{ path: 'calendar:1', message: { fr: 'commence mal', en: 'begins badly' } }]);
    }
    return 3;
  },
  async end(id, by, why) {
    calls.push(['endWindow', id, by, why]);
    return id === 'w2' ? 'ended' : id === 'w1' ? 'not-now' : 'no-such';
  },
  async remove(id, by, why) {
    calls.push(['removeWindow', id, by, why]);
    return id === 'w1';
  },
  calendar: () => 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
  feedKey: 'feed-key',
});
