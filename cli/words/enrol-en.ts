import type { EnrolError } from '../../agent/identity/enrol.ts';

export const enrolEn = {
  server: '--server: where to enrol is missing: https://host:8443, as "vigie token create" said',
  tokenMissing: 'the enrolment token is missing: give it in --token or VIGIE_ENROL_TOKEN',
  waiting: (why: string) => `Waiting: ${why} … (Ctrl-C gives up; the same command goes on later)`,
  done: (device: string, until: string) =>
    `Enrolled as ${device}; the certificate is good until ${until} and renews itself. Start the agent: vigie agent`,
  already: (device: string, until: string) =>
    `this device is enrolled as ${device} until ${until}; --force enrols it anew`,
  otherIdentity: (asked: string, identity: string) =>
    `the configuration says ${asked}, but this device is enrolled as ${identity}: enrol it again, or correct the configuration`,
  tokenUsage:
    'say what to do: vigie token create --chain=… --store=… --kind=till, vigie token list, vigie token revoke ID',
  tokenMade: (until: string) => `Good until ${until}. It is shown this once. On the device:`,
  tokenRevoked: (id: string) => `Token ${id} is revoked.`,
  tokenStates: { good: 'good', spent: 'used up', expired: 'expired', revoked: 'revoked' },
  noTokens: 'There are no enrolment tokens.',
  authorityUsage: 'say what to do: vigie authority export --dir=FOLDER [--names=broker.example]',
  exported: (files: string) => `Written: ${files}`,
  failed: {
    token: (_server, _why) => 'this is not an enrolment token: it begins with "vigie-" and is copied as a whole',
    unreachable: (server, why) => `no answer from ${server}: ${why}`,
    stranger: (server, why) => `${server} is not the server this token is for, nothing was told to it: ${why}`,
    name: (server, why) =>
      `${server} does not answer under this name: use a name of its certificate, or add this one to agents.names of the server; where a store’s gateway answers, name it as this device’s gateway in the inventory (${why})`,
    refused: (_server, why) => `not enrolled: ${why}`,
  } satisfies Record<EnrolError['kind'], (server: string, why: string) => string> as Record<
    EnrolError['kind'],
    (server: string, why: string) => string
  >,
};
export type EnrolWords = typeof enrolEn;
