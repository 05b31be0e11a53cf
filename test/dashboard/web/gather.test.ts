import { expect, test } from 'vitest';
import { gatherByStore } from '../../../dashboard/web/state/gather.ts';
import type { IncidentView } from '../../../protocol/views.ts';

const incident = (number: number, store: number, kind: 'device' | 'store' = 'device'): IncidentView =>
  ({ number, store: `north/${store}`, priority: 1, cause: { kind } }) as IncidentView;

const told = (...incidents: IncidentView[]) =>
  gatherByStore(incidents).map((gathered) => [gathered.incident.number, gathered.others]);

test('two incidents of a store stand apart', () => {
  expect(told(incident(1, 7), incident(2, 8), incident(3, 7))).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
  ]);
});

test('more of them are told once, in the place of the first, by the one about the whole store', () => {
  expect(told(incident(1, 7), incident(2, 8), incident(3, 7), incident(4, 7, 'store'))).toEqual([
    [4, 2],
    [2, 0],
  ]);
});
