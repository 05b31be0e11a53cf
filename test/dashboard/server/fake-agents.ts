import type { AgentEntry, AgentsPort, EnrolTokenEntry, QuarantineEntry } from '../../../dashboard/ports.ts';

const NOW = Date.UTC(2026, 10, 2, 9, 0);

export const AGENT: AgentEntry = {
  device: 'acme/lyon-01/till-2',
  title: 'Caisse 2',
  kind: 'till',
  state: 'down',
  agentVersion: '0.1.0',
  certificate: {
    serial: '4a01',
    state: 'revoked',
    issuedAt: NOW - 1000,
    validUntil: NOW + 1000,
    revoked: { at: NOW, by: 'the-admin', reason: 'stolen' },
  },
};

export const ENROL_TOKEN: EnrolTokenEntry = {
  id: '0a1b',
  chain: 'acme',
  store: 'lyon-01',
  kind: 'till',
  replaces: false,
  uses: 1,
  used: 0,
  state: 'good',
  at: NOW,
  by: 'the-admin',
  expiresAt: NOW + 3_600_000,
};

export const STRANGER: QuarantineEntry = {
  id: 5,
  device: 'acme/lyon-01/till-9',
  kind: 'till',
  inInventory: false,
  reason: 'unknown-device',
  words: { fr: 'inconnu', en: 'unknown' },
  key: 'ab12',
  address: '192.0.2.9',
  facts: { hostname: 'CAISSE9' },
  firstAt: NOW - 1000,
  lastAt: NOW,
  times: 2,
};

/** Answers from the constants above, and writes down what it was asked. */
export const fakeAgents = (calls: unknown[][]): AgentsPort => ({
  async list(query) {
    calls.push(['agents', query]);
    return [AGENT];
  },
  tokens: async () => [ENROL_TOKEN],
  async createToken(wish, by) {
    calls.push(['createToken', wish, by]);
    return wish.store === ENROL_TOKEN.store
      ? { token: 'vigie-made-once', server: 'https://vigie.example:8443', entry: ENROL_TOKEN }
      : undefined;
  },
  async revokeToken(id, by) {
    calls.push(['revokeToken', id, by]);
    return id === ENROL_TOKEN.id;
  },
  quarantine: async () => [STRANGER],
  async admit(id, add, by) {
    calls.push(['admit', id, add, by]);
    if (id !== STRANGER.id) return 'no-such';
    return add ? 'done' : 'not-in-inventory';
  },
  async refuse(id, by) {
    calls.push(['refuse', id, by]);
    return id === STRANGER.id;
  },
  async revoke(serial, reason, by) {
    calls.push(['revoke', serial, reason, by]);
    return serial === AGENT.certificate.serial;
  },
  authority: async () => ({ certificate: 'PEM', revocationList: 'PEM', fingerprint: 'abc' }),
  async issueServer(wish, by) {
    calls.push(['issueServer', wish, by]);
    return wish.publicKey === 'key' ? 'PEM' : undefined;
  },
});
