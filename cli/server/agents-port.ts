import type { Authority } from '../../collector/admission/authority.ts';
import type { Registry } from '../../collector/admission/registry.ts';
import { tokenState } from '../../collector/admission/tokens.ts';
import { ADMISSION_WORDS } from '../../collector/admission/words.ts';
import { toPem } from '../../collector/admission/x509.ts';
import type { Devices } from '../../collector/devices.ts';
import type { EnrolToken, ListedCertificate, StateStore, Stranger } from '../../collector/ports.ts';
import type { AgentEntry, AgentsPort, EnrolTokenEntry, QuarantineEntry } from '../../dashboard/ports.ts';
import type { Birth } from '../../protocol/messages.ts';
import { type DeviceKey, nameOf } from '../../protocol/names.ts';
import type { DeviceView } from '../../protocol/views.ts';

/** How a device stands on the wall. */
export type AgentsLook = (device: DeviceKey) => Pick<DeviceView, 'state' | 'lastReportAt'> | undefined;

export interface AgentsPortOptions {
  state: Pick<StateStore, 'admission' | 'audit' | 'birthOf'>;
  authority: Authority;
  registry: Registry;
  devices: Pick<Devices, 'device'>;
  look: AgentsLook;
  /** Where devices come to be enrolled: `https://vigie.example:8443`. */
  door: string;
  certify: (wish: { publicKey: string; names: string[]; days: number }) => string | undefined;
  now: () => number;
}

const KEY_SHOWN = 16;

/** What the dashboard shows of agents, and has done. */
export function agentsPort(options: AgentsPortOptions): AgentsPort {
  const { state, authority, registry, devices, look, now } = options;
  const { admission } = state;

  async function entryOf(certificate: ListedCertificate): Promise<AgentEntry> {
    const { device, serial, at, to, usedAt, revoked } = certificate;
    const definition = devices.device(device);
    const shown = look(device);
    const birth = await state.birthOf(device);
    const version = birth === undefined ? undefined : (JSON.parse(birth) as Birth).agent.version;
    return {
      device,
      title: definition?.title ?? nameOf(device),
      ...(definition && { kind: definition.kind }),
      ...(shown && { state: shown.state }),
      ...(shown?.lastReportAt !== undefined && { lastReportAt: shown.lastReportAt }),
      ...(version !== undefined && { agentVersion: version }),
      certificate: {
        serial,
        state: revoked ? 'revoked' : to <= now() ? 'expired' : 'good',
        issuedAt: at,
        validUntil: to,
        ...(usedAt !== undefined && { usedAt }),
        ...(revoked && { revoked }),
      },
    };
  }

  const tokenEntry = ({ device, revokedAt, revokedBy, ...token }: EnrolToken): EnrolTokenEntry => ({
    ...token,
    ...(device !== undefined && { device }),
    state: tokenState({ device, revokedAt, revokedBy, ...token }, now()),
    ...(revokedAt !== undefined && { revoked: { at: revokedAt, by: revokedBy ?? '' } }),
  });

  const waiting = ({ kind, token: _, certificate: __, decision, key, ...stranger }: Stranger): QuarantineEntry => ({
    ...stranger,
    key: key.slice(0, KEY_SHOWN),
    ...(kind !== undefined && { kind }),
    inInventory: devices.device(stranger.device) !== undefined,
    words: ADMISSION_WORDS[stranger.reason],
    ...(decision && { decision }),
  });

  return {
    async list({ store, after, limit }) {
      const entries: AgentEntry[] = [];
      // One after the other: a long list must not stand before everybody else in the store.
      for (const certificate of await admission.page({ store, after, limit })) entries.push(await entryOf(certificate));
      return entries;
    },
    tokens: async (limit) => (await admission.tokens(limit)).map(tokenEntry),
    async createToken(wish, by) {
      const made = await registry.createToken(wish, by);
      return made && { token: made.text, server: options.door, entry: tokenEntry(made.token) };
    },
    revokeToken: (id, by) => registry.revokeToken(id, by),
    quarantine: async (limit) => (await admission.quarantine(limit)).map(waiting),
    admit: (id, add, by) => registry.admit(id, add, by),
    refuse: (id, by) => registry.refuse(id, by),
    revoke: (serial, reason, by) => registry.revoke(serial, reason, by),
    async authority() {
      const revoked = await admission.revocations(now());
      const { certificate, fingerprint } = authority;
      return { certificate, fingerprint, revocationList: toPem('X509 CRL', authority.revocationList(revoked, now())) };
    },
    async issueServer(wish, by) {
      const certificate = options.certify(wish);
      if (certificate === undefined) return undefined;
      const detail = `${wish.names.join(', ')}, ${wish.days} d`;
      await state.audit({ at: now(), who: by, action: 'authority.server-certified', detail });
      return certificate;
    },
  };
}
