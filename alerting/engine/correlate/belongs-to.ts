import type { MajorIncident } from '../../../protocol/majors.ts';
import { type Failure, isPlanned } from './failure.ts';
import { traitOf } from './traits.ts';

/**
 * Whether an incident belongs beneath a major one by what it is, as far as that can be seen without knowing the others:
 * whoever judges it elsewhere need not wait to be told.
 */
export function belongsTo({ cause, symptom, state }: MajorIncident, failure: Failure): boolean {
  if (state === 'resolved' || cause.kind === 'storm' || isPlanned(failure)) return false;
  return failure.symptom === symptom && failure.traits.has(traitOf(cause.attribute, cause.value));
}
