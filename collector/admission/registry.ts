import type { Device, DeviceKind } from '../../protocol/inventory.ts';
import { type DeviceKey, nameOf } from '../../protocol/names.ts';
import type { Devices } from '../devices.ts';
import type { EnrolToken, StateStore } from '../ports.ts';
import type { Authority } from './authority.ts';
import { newToken } from './tokens.ts';

export interface RegistryOptions {
  state: Pick<StateStore, 'admission' | 'audit'>;
  authority: Authority;
  devices: Pick<Devices, 'device' | 'store'>;
  /** Puts a device into its store in the inventory; kept and judged when it resolves. */
  addDevice: (key: DeviceKey, device: Device, by: string) => Promise<void>;
  onRevoked: (serials: readonly string[]) => void;
  /** A device has a good certificate, and may have had none before. */
  onIssued: () => Promise<void>;
  now: () => number;
}

export interface TokenWish {
  chain: string;
  store: string;
  kind: DeviceKind;
  device?: string;
  replaces: boolean;
  uses: number;
  /** How long it is good, in hours. */
  hours: number;
}

/** What people decide about agents: tokens, revocation, quarantine. All of it stands in the audit. */
export interface Registry {
  /** The token is told this once. Undefined: there is no such store. */
  createToken(wish: TokenWish, by: string): Promise<{ text: string; token: EnrolToken } | undefined>;
  /** False: no such token, or revoked before. */
  revokeToken(id: string, by: string): Promise<boolean>;
  /**
   * Ends this certificate and whatever else its device could come with; its agent is cut off at once. False: no such
   * certificate, or revoked before.
   */
  revoke(serial: string, reason: string, by: string): Promise<boolean>;
  /** Lets a machine in that waits; `add` puts its device into the inventory first. */
  admit(
    id: number,
    add: Omit<Device, 'name'> | undefined,
    by: string,
  ): Promise<'done' | 'no-such' | 'not-in-inventory' | 'no-store'>;
  refuse(id: number, by: string): Promise<boolean>;
}

const HOUR_MS = 3_600_000;

export function createRegistry(options: RegistryOptions): Registry {
  const { state, authority, devices, onRevoked, now } = options;
  const { admission } = state;
  const audit = (who: string, action: string, detail: string) => state.audit({ at: now(), who, action, detail });

  return {
    async createToken({ hours, device, ...wish }, by) {
      if (!devices.store(`${wish.chain}/${wish.store}`)) return undefined;
      const { text, id, hash } = newToken(authority.fingerprint);
      const at = now();
      const token: EnrolToken = {
        id,
        ...wish,
        device,
        used: 0,
        at,
        by,
        expiresAt: at + hours * HOUR_MS,
        revokedAt: undefined,
        revokedBy: undefined,
      };
      await admission.saveToken({ ...token, hash });
      const place = `${wish.chain}/${wish.store}/${device ?? '*'}`;
      await audit(by, 'enrol-token.created', `${id}: ${wish.kind} ${place}, ${wish.uses}×, ${hours} h`);
      return { text, token };
    },

    async revokeToken(id, by) {
      const done = await admission.revokeToken(id, { at: now(), by });
      if (done) await audit(by, 'enrol-token.revoked', id);
      return done;
    },

    async revoke(serial, reason, by) {
      const certificate = await admission.certificate(serial);
      if (!certificate) return false;
      // One that was renewed stands for what came of it: the list may have changed under the reader's eyes.
      if (certificate.revoked && certificate.revoked.reason !== 'superseded') return false;
      // With it may have been had others: whoever took its key renews it for himself.
      const serials = await admission.revokeAll(certificate.device, { at: now(), by, reason });
      if (serials.length === 0) return false;
      onRevoked(serials);
      await audit(by, 'agent.revoked', `${certificate.device}: certificate ${serials.join(', ')}: ${reason}`);
      return true;
    },

    async admit(id, add, by) {
      const stranger = await admission.stranger(id);
      if (!stranger) return 'no-such';
      const { device, certificate, key } = stranger;
      if (!devices.device(device)) {
        if (!add) return 'not-in-inventory';
        if (!devices.store(device.slice(0, device.lastIndexOf('/')) as `${string}/${string}`)) return 'no-store';
        await options.addDevice(device, { ...add, name: nameOf(device) }, by);
      }
      if (certificate && !(await admission.certificate(certificate.serial))) {
        const { serial, pem, from, to } = certificate;
        const row = {
          serial,
          device,
          key,
          pem,
          from,
          to,
          at: now(),
          token: undefined,
          usedAt: undefined,
          revoked: undefined,
        };
        await admission.issue({ certificate: row, replaces: [], by });
        await options.onIssued();
      }
      await admission.decide(id, { verdict: 'admitted', at: now(), by });
      await audit(by, 'agent.admitted', `${device}, key ${key.slice(0, 16)}`);
      return 'done';
    },

    async refuse(id, by) {
      const stranger = await admission.stranger(id);
      if (!stranger) return false;
      await admission.decide(id, { verdict: 'refused', at: now(), by });
      await audit(by, 'agent.refused', `${stranger.device}, key ${stranger.key.slice(0, 16)}`);
      return true;
    },
  };
}
