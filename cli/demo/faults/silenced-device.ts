import { silencesOne } from './fault.ts';

/** A till hangs until someone switches it off and on again. */
export const tillFreezes = silencesOne(['till', 'self-checkout'], true);

/** A till restarts in the middle of the day. */
export const tillReboots = silencesOne(['till', 'self-checkout'], true);

/** A payment terminal loses its network and finds it again. */
export const paymentTerminalUnreachable = silencesOne(['payment-terminal'], false);
