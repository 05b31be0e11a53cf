/** The audit is for ever, but for what strangers cause: of these entries the newest are kept. */
export const REFUSED = 'enrolment.refused';
export const REFUSED_KEPT = 2_000;
