import type { Authority } from '../../collector/admission/authority.ts';
import type { Registry } from '../../collector/admission/registry.ts';
import { tokenState } from '../../collector/admission/tokens.ts';
import { ADMISSION_WORDS } from '../../collector/admission/words.ts';
import { toPem } from '../../collector/admission/x509.ts';
import type { Devices } from '../../collector/devices.ts';
import type { AgentCertificate, EnrolToken, StateStore, Stranger } from '../../collector/ports.ts';
import type { AgentEntry, AgentsPort, EnrolTokenEntry, QuarantineEntry } from '../../dashboard/ports.ts';
import type { Birth } from '../../protocol/messages.ts';
import { type DeviceKey, nameOf, storeOf } from '../../protocol/names.ts';
import type { DeviceView } from '../../protocol/views.ts';

/** How a device stands on the wall. */
export type AgentsLook = (device: DeviceKey) => Pick<DeviceView, 'state' | 'lastReportAt'> | undefined;

export interface AgentsPortOptions {
  state: Pick<StateStore, 'admission' | 'audit' | 'birthOf'>;
  authority: Authority;
  registry: Registry;
  devices: Pick<Devices, 'device'>;
  look: AgentsLook;
  certify: (wish: { publicKey: string; names: string[]; days: number }) => string | undefined;
  now: () => number;
}

const KEY_SHOWN = 16;

/** What the dashboard shows of agents, and has done. */
export function agentsPort(options: AgentsPortOptions): AgentsPort {
  const { state, authority, registry, devices, look, now } = options;
  const { admission } = state;

  async function entryOf(certificate: AgentCertificate): Promise<AgentEntry> {
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
      // Of each device the certificate that counts: the last one that lives, otherwise the last.
      const shown = new Map<DeviceKey, AgentCertificate>();
      for (const certificate of await admission.certificates()) {
        const before = shown.get(certificate.device);
        if (!before || !certificate.revoked || before.revoked) shown.set(certificate.device, certificate);
      }
      const wanted = [...shown.values()].filter(
        ({ device }) => (store === undefined || storeOf(device) === store) && (after === undefined || device > after),
      );
      wanted.sort((a, b) => (a.device < b.device ? -1 : 1));
      const entries: AgentEntry[] = [];
      // One after the other: a long list must not stand before everybody else in the store.
      for (const certificate of wanted.slice(0, limit)) entries.push(await entryOf(certificate));
      return entries;
    },
    tokens: async (limit) => (await admission.tokens(limit)).map(tokenEntry),
    async createToken(wish, by) {
      const made = await registry.createToken(wish, by);
      return made && { token: made.text, entry: tokenEntry(made.token) };
    },
    revokeToken: (id, by) => registry.revokeToken(id, by),
    quarantine: async (limit) => (await admission.quarantine(limit)).map(waiting),
    admit: (id, add, by) => registry.admit(id, add, by),
    refuse: (id, by) => registry.refuse(id, by),
    revoke: (serial, reason, by) => registry.revoke(serial, reason, by),
    async authority() {
      const revoked = (await admission.certificates()).flatMap(({ serial, to, revoked: end }) =>
        end && to > now() ? [{ serial, at: end.at }] : [],
      );
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
