import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  type AdmissionReason,
  type EnrolAnswer,
  type EnrolRequest,
  proofText,
  type RenewAnswer,
  type RenewRequest,
} from '../../protocol/enrolment.ts';
import type { Device } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, nameOf, type StoreKey, storeKey, storeOf } from '../../protocol/names.ts';
import { agentClientId } from '../../protocol/topics.ts';
import type { Devices } from '../devices.ts';
import type { AgentCertificate, EnrolToken, Seen, StateStore } from '../ports.ts';
import { judgeAdmission } from './admission.ts';
import type { Authority } from './authority.ts';
import type { Peer } from './peer.ts';
import type { Refusals } from './refusals.ts';
import type { Road } from './road.ts';
import { hashOf } from './tokens.ts';
import { fingerprintOf } from './x509.ts';

export interface DoorkeeperOptions {
  state: Pick<StateStore, 'admission' | 'audit'>;
  authority: Authority;
  /** The key that signs what agents are told, PEM. */
  signing: string;
  devices: Pick<Devices, 'device' | 'store'>;
  certificateDays: number;
  /** Where a device that called the server by this name is to report. */
  roadOf: (device: DeviceKey, host: string) => Promise<Road>;
  refusals: Refusals;
  /** These certificates are good for nothing from now on. */
  onRevoked: (serials: readonly string[]) => void;
  /** A device has a good certificate, and may have had none before. */
  onIssued: () => Promise<void>;
  now: () => number;
}

/** Where a request came from, and the name it called the server by. */
export interface Way {
  address: string;
  host: string;
}

export type Answered<T> = { answer: T } | { reason: AdmissionReason; waits: boolean };

/** Lets agents in: gives certificates, gives new ones for old, and looks at each that is shown. */
export interface Doorkeeper {
  enrol(request: EnrolRequest, way: Way): Promise<Answered<EnrolAnswer>>;
  renew(peer: Peer, request: RenewRequest, way: Way): Promise<Answered<RenewAnswer>>;
  /** Why the bearer may not come in, or undefined when it may. `client`: the MQTT client id it gives. */
  objection(peer: Peer, client?: string): Promise<AdmissionReason | undefined>;
  /** Whether a device whose certificate ended while it was connected has a newer one. */
  hasRenewed(device: DeviceKey): Promise<boolean>;
}

/** An agent renews a few times a year. */
const RENEWALS_A_DAY = 4;
const DAY_MS = 86_400_000;

export function createDoorkeeper(options: DoorkeeperOptions): Doorkeeper {
  const { state, authority, devices, refusals, onRevoked, now } = options;
  const { admission } = state;

  const issue = (device: DeviceKey, publicKey: KeyObject, token: string | undefined): AgentCertificate => {
    const at = now();
    const answers = carriesOthers(devices, device);
    const { certificateDays: days } = options;
    const { serial, pem, from, to } = authority.issueAgent({ commonName: device, publicKey, now: at, days, answers });
    const key = fingerprintOf(publicKey).toString('hex');
    return { serial, device, key, pem, from, to, at, token, usedAt: undefined, revoked: undefined };
  };

  const turnAway = (source: string, reason: AdmissionReason, waits = false, from = source) => {
    refusals.note(source, reason, from);
    return { reason, waits };
  };

  const answerWith = async (
    device: DeviceKey,
    { kind }: Pick<Device, 'kind'>,
    pem: string,
    { host }: Way,
  ): Promise<EnrolAnswer> => {
    const [chain, store] = storeOf(device).split('/') as [string, string];
    return {
      certificate: pem,
      authority: authority.certificate,
      signing: options.signing,
      chain,
      store,
      device: nameOf(device),
      kind,
      ...(await options.roadOf(device, host)),
    };
  };

  return {
    async enrol(request, way) {
      const hash = hashOf(request.token);
      const publicKey = provenKey(request, proofText('enrol', hash, request.publicKey));
      const source = (token?: EnrolToken) =>
        `${token ? `${token.chain}/${token.store}/` : ''}${request.device} ${way.address}`;
      if (!publicKey) return turnAway(source(), 'bad-key', false, way.address);
      const token = await admission.tokenByHash(hash);
      if (!token) return turnAway(source(), 'unknown-token', false, way.address);

      const device = deviceKey(token.chain, token.store, request.device);
      const key = fingerprintOf(publicKey).toString('hex');
      const definition = devices.device(device);
      const verdict = judgeAdmission({
        device: request.device,
        key,
        token,
        hasStore: devices.store(storeKey(token.chain, token.store)) !== undefined,
        kind: definition?.kind,
        certificates: await admission.certificates(device),
        stranger: await admission.strangerOf(device, key),
        now: now(),
      });
      if (verdict.verdict === 'again') {
        return { answer: await answerWith(device, { kind: token.kind }, verdict.certificate.pem, way) };
      }
      if (verdict.verdict === 'quarantine') {
        const { kind, id } = token;
        await admission.hold(
          seenAs({ device, key, reason: verdict.reason, kind, token: id, way, facts: request.facts }),
        );
        return turnAway(source(token), verdict.reason, true);
      }
      if (verdict.verdict === 'refuse') return turnAway(source(token), verdict.reason);

      const certificate = issue(device, publicKey, token.id);
      const by = `token ${token.id}`;
      const { spends, replaces } = verdict;
      if (!(await admission.issue({ certificate, ...(spends && { spends: token.id }), replaces, by }))) {
        return turnAway(source(token), 'spent-token');
      }
      const detail = `${device}: certificate ${certificate.serial}, from ${way.address}`;
      await state.audit({ at: now(), who: by, action: 'agent.enrolled', detail: detail + replacing(replaces) });
      if (replaces.length > 0) onRevoked(replaces);
      // Before it speaks.
      await options.onIssued();
      return { answer: await answerWith(device, { kind: token.kind }, certificate.pem, way) };
    },

    async renew(peer, request, way) {
      const reason = await this.objection(peer);
      if (reason !== undefined) return turnAway(`${peer.device} ${peer.address}`, reason);
      const publicKey = provenKey(request, proofText('renew', peer.serial, request.publicKey));
      if (!publicKey) return turnAway(`${peer.device} ${peer.address}`, 'bad-key');
      const answerOf = async ({ pem }: AgentCertificate) => ({
        answer: { certificate: pem, ...(await options.roadOf(peer.device, way.host)) },
      });
      const all = await admission.certificates(peer.device);
      const certificate = issue(peer.device, publicKey, undefined);
      // It asks again for what it was given: the answer did not arrive.
      const given = all.find(({ key, usedAt, revoked }) => key === certificate.key && usedAt === undefined && !revoked);
      if (given) return answerOf(given);
      const renewedToday = all.filter(({ token, at }) => token === undefined && at > now() - DAY_MS).length;
      if (renewedToday >= RENEWALS_A_DAY) return turnAway(`${peer.device} ${peer.address}`, 'renewed-too-often');
      // The old one stays good until the agent comes with the new one.
      if (!(await admission.issue({ certificate, renews: peer.serial, replaces: [], by: peer.device }))) {
        return turnAway(`${peer.device} ${peer.address}`, 'revoked-certificate');
      }
      const detail = `${peer.device}: certificate ${certificate.serial} after ${peer.serial}`;
      await state.audit({ at: now(), who: peer.device, action: 'agent.renewed', detail });
      return answerOf(certificate);
    },

    async objection(peer, client) {
      const [chain, store, device] = peer.device.split('/') as [string, string, string];
      if (client !== undefined && client !== agentClientId(chain, store, device)) return 'other-client';
      if (peer.to <= now()) return 'expired-certificate';
      const known = await admission.certificate(peer.serial);
      if (known?.revoked) return 'revoked-certificate';
      const reason = !known ? 'unknown-certificate' : devices.device(peer.device) ? undefined : 'unknown-device';
      if (reason !== undefined) {
        const { serial, pem, from, to, key, address } = peer;
        const way = { address, host: '' };
        const kind = devices.device(peer.device)?.kind;
        const seen = seenAs({ device: peer.device, key, reason, kind, token: known?.token, way, facts: {} });
        await admission.hold({ ...seen, certificate: { serial, pem, from, to } });
        return reason;
      }
      // By whatever door: an agent that a gateway carries never comes by the other.
      if (known && known.usedAt === undefined) await useFirst(known);
      return undefined;
    },

    async hasRenewed(device) {
      return (await admission.certificates(device)).some(({ revoked, to }) => !revoked && to > now());
    },
  };

  /** What it was renewed from has had its day. Its agent's former connection is this very agent's: it ends by itself. */
  async function useFirst({ serial }: AgentCertificate): Promise<void> {
    await admission.certificateUsed(serial, now());
  }

  function seenAs({ way, ...seen }: Omit<Seen, 'at' | 'address' | 'certificate'> & { way: Way }): Seen {
    return { ...seen, address: way.address, certificate: undefined, at: now() };
  }
}

const replacing = (serials: readonly string[]): string =>
  serials.length === 0 ? '' : `, in the place of ${serials.join(', ')}`;

/** Whether others of its store may come to it, so that its certificate must serve at both ends. */
function carriesOthers(devices: DoorkeeperOptions['devices'], device: DeviceKey): boolean {
  if (devices.device(device)?.kind === 'gateway') return true;
  const store = storeOf(device) satisfies StoreKey;
  return devices.store(store)?.devices.some(({ gateway }) => gateway === nameOf(device)) ?? false;
}

/** The key of a request, when it is one of ours and the asker has proven to have it. */
function provenKey({ publicKey, proof }: { publicKey: string; proof: string }, text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
    return verify('sha256', Buffer.from(text), key, Buffer.from(proof, 'base64')) ? key : undefined;
  } catch {
    // Bytes that are no key at all.
    return undefined;
  }
}
