import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import { zoneOf } from '../engine/calendar.ts';
import { type Occurrence, WindowSchedule } from '../engine/maintenance/window-schedule.ts';
import { readIcalendar } from '../maintenance/read-icalendar.ts';

/** So far ahead the next duty is looked for. */
const REACH_MS = 62 * 86_400_000;

/** Somebody's duty, from and to in milliseconds since 1970. */
export interface Duty extends Occurrence {
  who: string;
}

/** Who is on call, by a calendar whose events are named after whoever is. */
export interface Rota {
  /** Of several at once, the one that began last: whoever stands in for another is written over them. */
  at(time: number): Duty | undefined;
  /** The first that begins after `time`, within two months. */
  next(time: number): Duty | undefined;
}

interface Shift {
  who: string;
  schedule: WindowSchedule;
}

/**
 * Reads an iCalendar file (RFC 5545). Times that name no zone of their own are told in `timeZone`.
 * @throws CalendarError with every fault and its line.
 */
export function readRota(calendar: string, timeZone: string): Rota {
  // A duty is read as any planned event is; of what it is about nothing is asked.
  const { windows } = readIcalendar(calendar, { kind: 'maintenance', scope: {} });
  const shifts: Shift[] = windows.map((window: MaintenanceWindow) => ({
    who: window.title,
    schedule: new WindowSchedule(window, zoneOf(window.timeZone ?? timeZone)),
  }));
  return {
    at(time) {
      let found: Duty | undefined;
      for (const { who, schedule } of shifts) {
        for (const one of schedule.between(time, time + 1)) {
          if (!found || one.from > found.from || (one.from === found.from && one.to < found.to))
            found = { who, ...one };
        }
      }
      return found;
    },
    next(time) {
      const coming = shifts.flatMap(({ who, schedule }) => {
        const one = schedule.between(time, time + REACH_MS).find(({ from }) => from > time);
        return one ? [{ who, ...one }] : [];
      });
      return coming.sort((a, b) => a.from - b.from)[0];
    },
  };
}
