import type { NewTicketWork, TicketAction } from '../../alerting/ports.ts';
import { AT, workOn } from '../alerting/fixtures.ts';

/** Incidents that befall one after the other. */
export const INCIDENTS = 90;
/** What becomes of each, so many steps after it opened. */
const LIVES: readonly (readonly (readonly [TicketAction, number])[])[] = [
  [['open', 0]],
  [
    ['open', 0],
    ['update', 3],
    ['resolve', 9],
  ],
  [
    ['open', 0],
    ['update', 1],
    ['resolve', 4],
    ['reopen', 12],
  ],
];

export const lifeOf = (number: number): readonly (readonly [TicketAction, number])[] =>
  LIVES[number % LIVES.length] as (typeof LIVES)[number];

/** What is asked in each commit, in order. */
export const STEPS: readonly NewTicketWork[] = Array.from({ length: INCIDENTS }, (_, i) => i + 1)
  .flatMap((number) =>
    lifeOf(number).map(([action, after]) => ({ step: number * 2 + after, work: workOn(number, action, { at: AT }) })),
  )
  .toSorted((a, b) => a.step - b.step)
  .map(({ work }) => work);
