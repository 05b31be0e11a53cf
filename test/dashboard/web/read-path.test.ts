import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPath } from '../../../dashboard/web/read-path.ts';

test.each([
  ['/', { page: 'wall' }],
  ['/incidents', { page: 'incidents' }],
  ['/incidents/', { page: 'incidents' }],
  ['/incidents/42', { page: 'incident', number: 42 }],
  ['/majors/42', { page: 'major', number: 42 }],
  ['/majors', { page: 'lost' }],
  ['/incidents/042', { page: 'lost' }],
  ['/incidents/abc', { page: 'lost' }],
  ['/stores/halles/0101', { page: 'store', store: 'halles/0101' }],
  ['/stores/halles', { page: 'lost' }],
  ['/devices/halles/0101/till-1', { page: 'device', store: 'halles/0101', device: 'halles/0101/till-1' }],
  ['/agents', { page: 'agents', part: 'all' }],
  ['/agents/waiting', { page: 'agents', part: 'waiting' }],
  ['/agents/all', { page: 'lost' }],
  ['/agents/tokens/7', { page: 'lost' }],
  ['/assets', { page: 'assets', part: 'all' }],
  ['/assets/changes', { page: 'assets', part: 'changes' }],
  ['/assets/discovered', { page: 'assets', part: 'discovered' }],
  ['/assets/tokens', { page: 'lost' }],
  ['/maintenance', { page: 'maintenance' }],
  ['/maintenance/w1', { page: 'lost' }],
  ['/rules', { page: 'rules', part: 'now' }],
  ['/rules/revisions', { page: 'rules', part: 'revisions' }],
  ['/rules/change', { page: 'rules', part: 'change' }],
  ['/rules/backtest', { page: 'rules', part: 'backtest' }],
  ['/rules/now', { page: 'lost' }],
  ['/rules/revisions/3', { page: 'lost' }],
  ['/elsewhere', { page: 'lost' }],
])('%s', (path, route) => {
  expect(readPath(path)).toEqual(route);
});

test('any path leads somewhere', () => {
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      expect(readPath(path).page).toMatch(
        /^(wall|incidents|incident|store|device|agents|assets|maintenance|rules|lost)$/,
      );
    }),
  );
});
