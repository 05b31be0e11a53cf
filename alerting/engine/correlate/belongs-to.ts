import type { MajorIncident } from '../../../protocol/majors.ts';
import { isOver } from '../../../protocol/weights.ts';
import { type Failure, isPlanned } from './failure.ts';
import { traitOf } from './traits.ts';

/**
 * Whether an incident belongs beneath a major one by what it is, as far as that can be seen without knowing the others:
 * whoever judges it elsewhere need not wait to be told.
 */
export function belongsTo(major: MajorIncident, failure: Failure, windowS: number): boolean {
  const { cause, symptom, state } = major;
  if (isOver(state) || cause.kind === 'storm' || isPlanned(failure)) return false;
  if (!takesIn(major, windowS, failure.openedAt)) return false;
  return failure.symptom === symptom && failure.traits.has(traitOf(cause.attribute, cause.value));
}

/**
 * Whether what comes now still belongs beneath it. Once most of its stores have been back for a while, what comes is a fault
 * of its own, and would keep it open for ever; before, it is the same one that came back.
 */
export const takesIn = ({ quietSince, storesOpen }: MajorIncident, windowS: number, now: number): boolean =>
  quietSince === undefined || storesOpen === 0 || now - quietSince <= windowS * 1000;
