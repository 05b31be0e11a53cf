import type { Evidence } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { Reason, ReasonCode } from '../../protocol/reasons.ts';
import type { StoreEntry } from './state.ts';

/*
 * A gateway tells from inside the store what the centre cannot see: whether a device that is not heard any more is gone
 * from the store's network, or only its agent is.
 */

const PROVEN: ReadonlySet<ReasonCode> = new Set([
  'presence.agent-died',
  'presence.off-lan',
  'presence.off-gateway',
  'presence.refused',
] satisfies ReasonCode[]);

/** Whether the reason of a loss was seen in the store, rather than concluded from silence. */
export const isProven = ({ code }: Reason): boolean => PROVEN.has(code);

/**
 * What the loss of a device is, by what its gateway saw; undefined when that proves nothing. The host's answer counts
 * first: a system that is shut down closes its connections too, so how the link ended decides only where nobody could look.
 */
export function provenLoss({ link, host, neighbours }: Evidence, gateway: DeviceKey): Reason | undefined {
  if (link === 'refused') return { code: 'presence.refused', params: { gateway } };
  if (host === 'answers' || (host === undefined && link === 'closed')) {
    return { code: 'presence.agent-died', params: { gateway } };
  }
  if (host === undefined) return undefined;
  const { asked, reached } = neighbours ?? { asked: 0, reached: 0 };
  if (reached > 0) return { code: 'presence.off-gateway', params: { gateway, asked, reached } };
  return { code: 'presence.off-lan', params: { gateway, asked } };
}

/**
 * Why nothing is heard from a store. Cut off, when most of what its gateway spoke for was well as long as the gateway was
 * heard: it lost its way out, or the power went for all at once. Otherwise the store had begun to fail before. What said goodbye
 * is switched off, as tills are in the evening.
 */
export function silenceOf(store: StoreEntry): Reason {
  for (const gateway of store.devices) {
    const behind = gateway.watched.filter(({ presence }) => presence !== 'unseen' && presence !== 'stopped');
    const well = behind.filter(({ presence }) => presence === 'online');
    if (well.length > 0 && well.length * 2 > behind.length) {
      return { code: 'store.cut-off', params: { gateway: gateway.key } };
    }
  }
  return { code: 'store.silent' };
}
