import { expect, it } from 'vitest';
import { DEFAULT_CORRELATION } from '../../alerting/engine/correlate/correlation.ts';
import { MajorBook } from '../../alerting/major-book.ts';
import type { MajorView } from '../../protocol/majors.ts';
import { AT } from './fixtures.ts';

const HOUR_MS = 3_600_000;

const major = (name: string, change: Partial<MajorView> = {}): MajorView => ({
  key: `major:${name}`,
  chain: 'demo',
  chainTitle: 'Démo',
  number: 1,
  cause: { kind: 'storm' },
  title: { code: 'major.storm' },
  fold: { code: 'major.storm' },
  state: 'new',
  severity: 'critical',
  priority: 1,
  since: AT,
  openedAt: AT,
  stores: 0,
  storesOpen: 0,
  lanesDown: 0,
  lanesTotal: 0,
  children: [],
  ticketState: 'none',
  ...change,
});
const over = (name: string, resolvedAt: number) => major(name, { state: 'resolved', resolvedAt });

it.each([
  ['finds them', true],
  ['is told of them', false],
])('a judge that %s keeps those that are over for an hour, though nobody looks', (_, correlates) => {
  const book = new MajorBook({ settings: DEFAULT_CORRELATION, correlates, majors: [] });
  const tell = (view: MajorView) => (correlates ? book.put(view) : book.follow([view]));
  tell(major('open'));
  tell(over('first', AT));
  tell(over('second', AT + HOUR_MS));
  expect(book.get('major:first')).toBeDefined();
  tell(over('third', AT + HOUR_MS + 1));
  expect(book.get('major:first')).toBeUndefined();
  expect(['open', 'second', 'third'].map((name) => book.get(`major:${name}`)?.state)).toEqual([
    'new',
    'resolved',
    'resolved',
  ]);
});

it('shows nobody one that has been over for more than an hour', () => {
  const book = new MajorBook({ settings: DEFAULT_CORRELATION, correlates: true, majors: [major('open')] });
  book.put(over('first', AT));
  const shown = (now: number) => book.recent(now).map(({ key }) => key);
  expect(shown(AT + HOUR_MS)).toEqual(['major:open', 'major:first']);
  expect(shown(AT + HOUR_MS + 1)).toEqual(['major:open']);
});
