import type { Evidence, StatusMessage } from '../../protocol/messages.ts';

/** What is known of a device's presence. `unknown`: the gateway has started since. */
export type Whereabouts =
  | { state: 'unknown' | 'here' | 'stopped' }
  /** `seen` once somebody has looked. */
  | { state: 'gone'; seen?: Evidence };

/** How the centre is told of it. */
export function said(whereabouts: Whereabouts): Pick<StatusMessage, 'online' | 'reason' | 'evidence'> {
  switch (whereabouts.state) {
    case 'here':
      return { online: true };
    case 'gone':
      return { online: false, reason: 'lost', ...(whereabouts.seen && { evidence: whereabouts.seen }) };
    default:
      return { online: false, reason: 'stopped' };
  }
}

export const isRefused = (whereabouts: Whereabouts): boolean =>
  whereabouts.state === 'gone' && whereabouts.seen?.link === 'refused';
