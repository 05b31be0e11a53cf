import type { Priority } from '../../protocol/weights.ts';
import type { TicketStatus } from './remote-ticket.ts';

/** Of incidents and user requests; what else a state may be called is taken for work under way. */
export const ITOP_STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  escalated_tto: 'new',
  waiting_for_approval: 'new',
  approved: 'new',
  assigned: 'in-progress',
  escalated_ttr: 'in-progress',
  pending: 'on-hold',
  resolved: 'resolved',
  closed: 'closed',
  rejected: 'closed',
};

export type Stimulus = 'ev_assign' | 'ev_pending' | 'ev_resolve' | 'ev_reopen';

/** The way from one state to another; there is none that is shorter. */
const WAYS: Readonly<Record<TicketStatus, Partial<Record<TicketStatus, readonly Stimulus[]>>>> = {
  new: {
    'in-progress': ['ev_assign'],
    'on-hold': ['ev_assign', 'ev_pending'],
    resolved: ['ev_assign', 'ev_resolve'],
  },
  'in-progress': { 'on-hold': ['ev_pending'], resolved: ['ev_resolve'] },
  'on-hold': { 'in-progress': ['ev_assign'], resolved: ['ev_assign', 'ev_resolve'] },
  resolved: { 'in-progress': ['ev_reopen'] },
  closed: {},
};

export const wayBetween = (from: TicketStatus, to: TicketStatus | undefined): readonly Stimulus[] =>
  (to === undefined ? undefined : WAYS[from][to]) ?? [];

/** Of impact and urgency, 1 the gravest, iTop makes the priority, 1 to 4: the pair whose priority is ours. */
export const ITOP_WEIGHTS: Readonly<Record<Priority, { impact: string; urgency: string }>> = {
  1: { impact: '1', urgency: '1' },
  2: { impact: '2', urgency: '2' },
  3: { impact: '2', urgency: '3' },
  4: { impact: '2', urgency: '4' },
  5: { impact: '3', urgency: '4' },
};
