import { expect, test } from 'vitest';
import { askedIn, withoutOutput } from '../../../dashboard/web/actions/asked.ts';
import { sectionsOf } from '../../../dashboard/web/assets/sections.ts';
import type { TimelineEntry } from '../../../protocol/views.ts';

const device = 'acme/s1/till-2';
const timeline: TimelineEntry[] = [
  { at: 1, reason: { code: 'incident.opened' } },
  {
    at: 2,
    reason: { code: 'action.asked', params: { id: 'a', action: 'restart_pos', device, by: 'zoé', why: 'frozen' } },
  },
  { at: 3, reason: { code: 'action.asked', params: { id: 'b', action: 'clear_tickets', device, by: 'zoé', why: '' } } },
  {
    at: 4,
    reason: {
      code: 'action.done',
      params: { id: 'a', action: 'restart_pos', device, before: 'failed', after: 'active', output: 'ok' },
    },
  },
];

test('each action stands once, with what became of it', () => {
  expect(askedIn(timeline)).toEqual([
    {
      id: 'a',
      at: 2,
      action: 'restart_pos',
      device,
      by: 'zoé',
      why: 'frozen',
      outcome: { state: 'done', params: timeline[3]?.reason.params },
    },
    { id: 'b', at: 3, action: 'clear_tickets', device, by: 'zoé', why: undefined },
  ]);
});

test('the timeline leaves to the card what a program printed, and nothing else', () => {
  expect(withoutOutput(timeline[3] as TimelineEntry)).toEqual({
    at: 4,
    reason: { code: 'action.done', params: { id: 'a', action: 'restart_pos', device } },
  });
  expect(withoutOutput(timeline[0] as TimelineEntry)).toMatchObject({ at: 1, reason: { code: 'incident.opened' } });
});

test('facts stand under what they are of, in both languages', () => {
  const fact = (title: string) => ({ path: title, title, value: '1', source: 'observed' as const });
  const sections = sectionsOf([
    fact('Disk sda: model'),
    fact('Disque sda\u202f: taille (Go)'),
    fact('Disk sda: size (GB)'),
  ]);
  expect(sections.map(({ owner, rows }) => [owner, rows.map(({ field }) => field)])).toEqual([
    ['Disk sda', ['model', 'size (GB)']],
    ['Disque sda', ['taille (Go)']],
  ]);
});
