import { zoneOf } from '../../alerting/engine/calendar.ts';
import { CalendarError } from '../../alerting/maintenance/read-icalendar.ts';
import { type Rota, readRota } from '../../alerting/on-call/rota.ts';
import type { StateStore } from '../../collector/ports.ts';
import { type OnCallPort, RotaError } from '../../dashboard/ports/on-call.ts';
import type { OnCallCalendar } from '../../protocol/on-call.ts';

/** Other collectors import calendars too: look this often. */
const LOOK_MS = 10_000;
const MOST_CALENDARS = 100;
const MOST_FAULTS = 100;

interface Known {
  kept: OnCallCalendar;
  /** Undefined where it cannot be read any more. */
  rota: Rota | undefined;
}

/** Who is on call: calendars that are kept, and what they say. */
export async function createOnCall(options: {
  state: Pick<StateStore, 'onCall' | 'audit'>;
  /** Whether other collectors may import calendars too. */
  isShared: boolean;
  onTrouble: (error: Error | undefined) => void;
  now: () => number;
}) {
  const { state, isShared, onTrouble, now } = options;
  let known = new Map<string, Known>();
  let timer: NodeJS.Timeout | undefined;

  async function load(): Promise<void> {
    const list = await state.onCall.list();
    known = new Map(
      list.map((kept) => {
        const before = known.get(kept.name);
        const isSame = before?.kept.at === kept.at && before.kept.calendar === kept.calendar;
        return [kept.name, isSame ? before : { kept, rota: readable(kept) }];
      }),
    );
  }

  /** It could be read when it was imported: a later version of ours must not fail to start for it. */
  function readable({ calendar, timeZone }: OnCallCalendar): Rota | undefined {
    try {
      return readRota(calendar, timeZone);
    } catch {
      return undefined;
    }
  }

  function read(calendar: string, timeZone: string): Rota {
    if (zoneOf(timeZone) !== timeZone) {
      const message = { en: `${timeZone} is no time zone`, fr: `${timeZone} n’est pas un fuseau horaire` };
      throw new RotaError([{ path: 'timeZone', message }]);
    }
    try {
      return readRota(calendar, timeZone);
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      throw new RotaError(
        error.faults.slice(0, MOST_FAULTS).map(({ line, message }) => ({ path: `line ${line}`, message })),
      );
    }
  }

  await load();
  const port: OnCallPort = {
    list: () =>
      [...known.values()].map(({ kept: { name, timeZone, at, by }, rota }) => {
        const [on, next] = [rota?.at(now()), rota?.next(now())];
        return { name, timeZone, at, by, ...(on && { now: on }), ...(next && { next }) };
      }),
    async put(name, calendar, timeZone, by) {
      read(calendar, timeZone);
      if (!known.has(name) && known.size >= MOST_CALENDARS) {
        const message = {
          en: `there are ${MOST_CALENDARS} calendars already`,
          fr: `il y a déjà ${MOST_CALENDARS} calendriers`,
        };
        throw new RotaError([{ path: 'calendar', message }]);
      }
      await state.onCall.put({ name, calendar, timeZone, at: now(), by });
      await state.audit({ at: now(), who: by, action: 'on-call.imported', detail: name });
      await load();
    },
    async remove(name, by) {
      if (!(await state.onCall.remove(name))) return false;
      await state.audit({ at: now(), who: by, action: 'on-call.removed', detail: name });
      await load();
      return true;
    },
  };
  return {
    port,
    /** Who is on call by a calendar at a time, ms since 1970. */
    whoIsOn: (calendar: string, at: number): string | undefined => known.get(calendar)?.rota?.at(at)?.who,
    start(): void {
      if (!isShared) return;
      timer = setInterval(() => {
        load().then(() => onTrouble(undefined), onTrouble);
      }, LOOK_MS);
    },
    close: () => clearInterval(timer),
  };
}
