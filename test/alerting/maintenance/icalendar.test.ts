import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkWindow } from '../../../alerting/maintenance/check-window.ts';
import { type CalendarDefaults, CalendarError, readIcalendar } from '../../../alerting/maintenance/read-icalendar.ts';
import { writeIcalendar } from '../../../alerting/maintenance/write-icalendar.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';

fc.configureGlobal({ seed: 20250310 });

const defaults: CalendarDefaults = { kind: 'maintenance', scope: { places: ['acme'] } };
const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:e1', ...lines, 'END:VEVENT'];
const read = (...lines: string[]) => readIcalendar(calendar(...event(...lines)), defaults).windows;
const times = ['DTSTART;TZID=Europe/Paris:20261201T220000', 'DTEND;TZID=Europe/Paris:20261202T050000'];

describe('reading a calendar', () => {
  it('takes an event as Outlook writes it: folded, escaped, in its own name of the zone, with an alarm', () => {
    const text = calendar(
      'BEGIN:VTIMEZONE',
      'TZID:Romance Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:{040000008200E00074C5}',
      'SUMMARY;LANGUAGE=fr:Bascule fibre\\, deuxième',
      '  vague\\; nuit',
      'DESCRIPTION:raccordement\\nvoir le plan',
      'ORGANIZER;CN="Orange: réseau":mailto:noc@example.com',
      'DTSTART;TZID="Romance Standard Time":20261201T220000',
      'DTEND;TZID="Romance Standard Time":20261202T050000',
      'RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=10',
      'EXDATE;TZID="Romance Standard Time":20261208T220000,20261215T220000',
      'CATEGORIES:Blue category,place:acme/lyon,kind:router',
      'BEGIN:VALARM',
      'TRIGGER:-PT15M',
      'DESCRIPTION:Reminder',
      'END:VALARM',
      'END:VEVENT',
    );
    expect(readIcalendar(text, defaults).windows).toEqual([
      {
        id: 'x040000008200E00074C5_',
        kind: 'maintenance',
        title: 'Bascule fibre, deuxième vague; nuit',
        who: 'Orange: réseau',
        why: 'raccordement\nvoir le plan',
        scope: { places: ['acme/lyon'], kinds: ['router'] },
        timeZone: 'Europe/Paris',
        start: '2026-12-01T22:00',
        end: '2026-12-02T05:00',
        repeat: 'FREQ=WEEKLY;BYDAY=TU;COUNT=10',
        except: ['2026-12-08T22:00', '2026-12-15T22:00'],
      },
    ]);
  });

  it.each([
    ['UTC', ['DTSTART:20261201T220000Z', 'DTEND:20261202T050000Z'], 'UTC', '2026-12-01T22:00', '2026-12-02T05:00'],
    ['floating', ['DTSTART:20261201T220000', 'DURATION:PT7H'], undefined, '2026-12-01T22:00', '2026-12-02T05:00'],
    ['a whole day', ['DTSTART;VALUE=DATE:20261201'], undefined, '2026-12-01T00:00', '2026-12-02T00:00'],
    [
      'two whole days',
      ['DTSTART;VALUE=DATE:20261201', 'DTEND;VALUE=DATE:20261203'],
      undefined,
      '2026-12-01T00:00',
      '2026-12-03T00:00',
    ],
    [
      'an end in another zone',
      ['DTSTART;TZID=Europe/Paris:20261201T220000', 'DTEND:20261202T040000Z'],
      'Europe/Paris',
      '2026-12-01T22:00',
      '2026-12-02T05:00',
    ],
  ])('takes times in %s', (_, lines, timeZone, start, end) => {
    const [window] = read(...lines);
    expect([window?.timeZone, window?.start, window?.end]).toEqual([timeZone, start, end]);
  });

  it('makes of one that was moved an exception and a window of its own, and leaves out what is cancelled', () => {
    const text = calendar(
      ...event(...times, 'RRULE:FREQ=DAILY;COUNT=5', 'SUMMARY:Nuit'),
      ...['BEGIN:VEVENT', 'UID:e1', 'RECURRENCE-ID;TZID=Europe/Paris:20261203T220000', 'SUMMARY:Plus tard'],
      ...['DTSTART;TZID=Europe/Paris:20261203T233000', 'DTEND;TZID=Europe/Paris:20261204T010000', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:e1', 'RECURRENCE-ID:20261204T210000Z', 'STATUS:CANCELLED', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:e2', 'STATUS:CANCELLED', ...times, 'END:VEVENT'],
    );
    const { windows, cancelled } = readIcalendar(text, defaults);
    expect(cancelled).toEqual(['e2', 'e1_20261204T2200']);
    expect(windows).toMatchObject([
      { id: 'e1', repeat: 'FREQ=DAILY;COUNT=5', except: ['2026-12-03T22:00', '2026-12-04T22:00'] },
      { id: 'e1_20261203T2200', title: 'Plus tard', start: '2026-12-03T23:30', end: '2026-12-04T01:00' },
    ]);
  });

  it('calls off a series with those of it that were moved, and asks no cancelled event what it is about', () => {
    const text = calendar(
      ...event('STATUS:CANCELLED', ...times, 'RRULE:FREQ=DAILY;COUNT=5'),
      ...['BEGIN:VEVENT', 'UID:e1', 'RECURRENCE-ID;TZID=Europe/Paris:20261203T220000'],
      ...['DTSTART;TZID=Europe/Paris:20261203T233000', 'DTEND;TZID=Europe/Paris:20261204T010000', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:e2', 'STATUS:CANCELLED', 'END:VEVENT'],
    );
    expect(readIcalendar(text, { kind: 'change' })).toEqual({ windows: [], cancelled: ['e1', 'e2'] });
    const nameless = calendar('BEGIN:VEVENT', 'STATUS:CANCELLED', 'END:VEVENT');
    expect(() => readIcalendar(nameless, defaults)).toThrow('3: the event has no UID');
  });

  it.each<[string, string, number, string]>([
    ['no calendar', 'hello: world', 1, 'begins with BEGIN:VCALENDAR'],
    ['a line that is none', calendar(...event(...times, '???')), 7, '“???” is not a line'],
    ['no start', calendar(...event('SUMMARY:x')), 3, 'has no DTSTART'],
    ['no end', calendar(...event('DTSTART:20261201T220000')), 3, 'neither DTEND nor DURATION'],
    ['a zone that does not exist', calendar(...event('DTSTART;TZID=Mars/Olympus:20261201T220000')), 5, 'Mars/Olympus'],
    ['a day that does not exist', calendar(...event('DTSTART:20261301T220000')), 5, 'DTSTART: expected a time'],
    ['an end before its start', calendar(...event(times[0] ?? '', 'DTEND:20261130T000000Z')), 6, 'after the start'],
    ['a rule that is not supported', calendar(...event(...times, 'RRULE:FREQ=YEARLY')), 7, 'FREQ must be one of'],
    ['a start off its rule', calendar(...event(...times, 'RRULE:FREQ=WEEKLY;BYDAY=SU')), 7, 'not a day of this rule'],
    ['dates beside the rule', calendar(...event(...times, 'RDATE:20261212T220000')), 7, 'RDATE is not supported'],
    ['an open event', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1', 1, 'BEGIN:VCALENDAR has no END'],
    ['an end of nothing', 'BEGIN:VCALENDAR\nEND:VEVENT', 2, 'END:VEVENT ends nothing'],
    ['a place nobody can have', calendar(...event(...times, 'X-VIGIE-SCOPE:place:a/b/c/d')), 3, 'scope/places/0'],
  ])('refuses %s and names the line', (_, text, line, why) => {
    try {
      readIcalendar(text, defaults);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(CalendarError);
      const [fault] = (error as CalendarError).faults;
      expect(fault?.line).toBe(line);
      expect(fault?.message.en).toContain(why);
      expect(fault?.message.fr).toBeTruthy();
    }
  });

  it('asks what an event is about where neither it nor the command says so', () => {
    const text = calendar(...event(...times));
    expect(() => readIcalendar(text, { kind: 'change' })).toThrow('3: the event does not say what it is about');
  });

  it('stands up to any text', () => {
    const bits = fc.constantFrom(
      'BEGIN:VEVENT',
      'END:VEVENT',
      'UID:a',
      ...times,
      'RRULE:FREQ=DAILY',
      ' x',
      ';=:',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string())), (lines) => {
        try {
          readIcalendar(calendar(...lines), defaults);
        } catch (error) {
          expect(error).toBeInstanceOf(CalendarError);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('writing a calendar', () => {
  const text = (maxLength: number) =>
    fc
      .string({ unit: fc.constantFrom('a', 'é', '😀', ',', ';', '\\', '\n', ':', ' x', '"'), minLength: 1, maxLength })
      .map((one) => `b${one}b`);
  const windows = fc.uniqueArray(
    fc.record(
      {
        id: fc.stringMatching(/^[a-z][A-Za-z0-9_.@-]{0,20}$/),
        kind: fc.constantFrom('maintenance' as const, 'change' as const),
        title: text(90),
        who: text(40),
        why: text(90),
        number: fc.constantFrom('CHG0042', 'a,b'),
        scope: fc.constantFrom<MaintenanceWindow['scope'][]>(
          {},
          { places: ['acme', 'acme/lyon', 'acme/lyon/till-1'] },
          { regions: ['Rhône, Alpes'], kinds: ['till', 'ups'] },
          { attributes: { 'store.carrier': ['Orange: pro', 'SFR*'], 'device.model': ['x'] } },
        ),
        timeZone: fc.constantFrom('Europe/Paris', 'UTC', 'America/New_York'),
        start: fc.constant('2026-12-01T22:00'),
        end: fc.constantFrom('2026-12-02T05:00', '2026-12-01T22:01'),
        repeat: fc.constantFrom('FREQ=DAILY', 'FREQ=MONTHLY;BYDAY=1TU;UNTIL=20281231T000000Z'),
        suspectMinutes: fc.integer({ min: 0, max: 90 }).filter((minutes) => minutes !== 30),
      },
      { requiredKeys: ['id', 'kind', 'title', 'who', 'why', 'scope', 'start', 'end'] },
    ),
    { selector: ({ id }) => id, maxLength: 5 },
  );

  it('gives what can be read back, in lines of at most 75 octets', () => {
    fc.assert(
      fc.property(windows, (all) => {
        const written = writeIcalendar(all.map((window) => ({ window, at: 1_790_000_000_000 })));
        for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(readIcalendar(written, { kind: 'change' })).toEqual({ windows: all, cancelled: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('tells how the clock of a zone is set, and when one ended early', () => {
    const window: MaintenanceWindow = {
      id: 'w',
      kind: 'maintenance',
      title: 'Nuit',
      who: 'Inès',
      why: 'version 8',
      scope: {},
      timeZone: 'Europe/Paris',
      start: '2026-12-01T22:00',
      end: '2026-12-02T05:00',
      endedAt: Date.parse('2026-12-02T01:30:00Z'),
    };
    const written = writeIcalendar([{ window, at: 0 }]);
    expect(written).toContain(
      ['BEGIN:DAYLIGHT', 'DTSTART:20260329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'].join('\r\n'),
    );
    expect(written).toContain(
      ['BEGIN:STANDARD', 'DTSTART:20261025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'].join('\r\n'),
    );
    expect(written).toContain('DTEND;TZID=Europe/Paris:20261202T023000\r\n');
  });
});

describe('what a window may be', () => {
  const window = (more: Partial<MaintenanceWindow>): MaintenanceWindow => ({
    ...{ id: 'w', kind: 'maintenance', title: 't', who: 'w', why: 'w', scope: {} },
    start: '2026-12-01T22:00',
    end: '2026-12-02T05:00',
    ...more,
  });
  it.each<[Partial<MaintenanceWindow>, string[]]>([
    [{}, []],
    [{ start: '2026-02-30T22:00' }, ['start']],
    [{ end: '2026-12-01T22:00' }, ['end']],
    [{ end: '2027-02-01T22:00' }, ['end']],
    [{ end: '2026-12-10T22:00', repeat: 'FREQ=MONTHLY' }, ['end']],
    [{ timeZone: '+02:00' }, ['timeZone']],
    [{ except: ['2026-12-02T22:00'] }, ['except']],
    [{ repeat: 'FREQ=DAILY', except: ['2026-13-02T22:00'] }, ['except']],
    [{ repeat: 'FREQ=WEEKLY;BYDAY=MO' }, ['repeat']],
    [{ repeat: 'often' }, ['repeat']],
    [{ repeat: 'FREQ=DAILY;UNTIL=20261130' }, ['repeat']],
    [{ repeat: 'FREQ=DAILY;UNTIL=20261201T220000' }, []],
    [{ repeat: 'FREQ=DAILY;UNTIL=20261201T205959Z', timeZone: 'Europe/Paris' }, ['repeat']],
    [{ repeat: 'FREQ=DAILY;UNTIL=20261201T210000Z', timeZone: 'Europe/Paris' }, []],
    [{ repeat: 'FREQ=DAILY;UNTIL=20261201T080000Z' }, []],
    [{ repeat: 'FREQ=DAILY;UNTIL=20261201T075959Z' }, ['repeat']],
    [{ repeat: 'FREQ=DAILY;COUNT=1', except: ['2026-12-01T22:00'] }, []],
    [{ repeat: 'FREQ=DAILY;COUNT=3660' }, []],
    [{ repeat: 'FREQ=DAILY;COUNT=3661' }, ['repeat']],
    [{ start: '1969-12-31T22:00', end: '1970-01-01T05:00' }, ['start']],
    [{ start: '2200-01-01T22:00', end: '2200-01-02T05:00' }, ['start']],
  ])('%j is refused at %j', (more, paths) => {
    const faults = checkWindow(window(more));
    expect(faults.map(({ path }) => path)).toEqual(paths);
    for (const { message } of faults) expect(message.fr).not.toBe(message.en);
  });
});
