import { createPublicKey } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { type Authority, openAuthority } from '../../collector/admission/authority.ts';
import { createBarred } from '../../collector/admission/barred.ts';
import { type DoorRoutes, openDoor } from '../../collector/admission/door.ts';
import { createDoorkeeper } from '../../collector/admission/doorkeeper.ts';
import { createListenerCertificate } from '../../collector/admission/listener-certificate.ts';
import { createRefusalAudit } from '../../collector/admission/refusal-audit.ts';
import { createRefusals, type Refusals } from '../../collector/admission/refusals.ts';
import { createRegistry } from '../../collector/admission/registry.ts';
import { revokedRoute } from '../../collector/admission/revoked-route.ts';
import { createRoads } from '../../collector/admission/road.ts';
import { ADMISSION_WORDS } from '../../collector/admission/words.ts';
import type { AgentsListenerOptions } from '../../collector/broker/agents-listener.ts';
import type { Devices } from '../../collector/devices.ts';
import type { StateStore } from '../../collector/ports.ts';
import { createSigner } from '../../collector/signer.ts';
import type { AgentsPort, SelfSource } from '../../dashboard/ports.ts';
import { type AdmissionReason, DOOR_NAME } from '../../protocol/enrolment.ts';
import type { Chain } from '../../protocol/inventory.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { AgentSettings } from '../settings.ts';
import { deviceAdder } from './add-device.ts';
import { type AgentsLook, agentsPort } from './agents-port.ts';

export interface AgentsOptions {
  settings: AgentSettings;
  state: StateStore;
  devices: Devices;
  look: AgentsLook;
  /** Keeps and judges a change of the inventory. */
  importChains: (chains: readonly Chain[], by: string) => Promise<void>;
  /** Puts a refusal into the record of what was set aside. */
  note: (source: string, reason: string) => void;
  /** The embedded broker's door for agents, once it is there. */
  listener: () => { port: number; drop(serials: readonly string[]): void } | undefined;
  log: FastifyBaseLogger;
  now: () => number;
}

/** Everything about agents that come over the network: who may, and the doors they come by. */
export interface Agents {
  port: AgentsPort;
  /** For the embedded broker. */
  listening: AgentsListenerOptions;
  figures: SelfSource['figures'];
  /** Whether none of an agent's certificates is good any more. */
  isBarred: (agent: DeviceKey) => boolean;
  /** Opens the HTTPS door, with more routes on it. Rejects with the system's error when the port can't be had. */
  openDoor(routes: readonly DoorRoutes[]): Promise<{ port: number; close(): Promise<void> }>;
  close(): void;
}

/** Refusals of whoever shows a token are a matter for the audit as well. */
const TOKEN_REASONS: ReadonlySet<AdmissionReason> = new Set([
  'unknown-token',
  'revoked-token',
  'expired-token',
  'spent-token',
  'other-device',
  'other-role',
]);

export async function createAgents(options: AgentsOptions): Promise<Agents> {
  const { settings, state, devices, log, now } = options;
  const authority: Authority = await openAuthority(
    await state.secret('authority'),
    (certificate) => state.admission.keepAuthority(certificate),
    now(),
  );
  const certificate = createListenerCertificate(authority, settings.names, now);
  const auditRefusal = createRefusalAudit((detail) => {
    state
      .audit({ at: now(), who: 'system', action: 'enrolment.refused', detail })
      .catch((err: unknown) => log.error({ err, detail }, 'a refusal could not be written into the audit'));
  }, now);
  const refusals = createRefusals((source, reason, before) => {
    const often = before === 0 ? source : `${source} (${before + 1}×)`;
    options.note(often, `${reason}: ${ADMISSION_WORDS[reason].en}`);
    if (!TOKEN_REASONS.has(reason)) return;
    auditRefusal(often, reason);
  }, now);
  const barred = await createBarred(state.admission, now, (err) =>
    log.error({ err }, 'revoked agents cannot be looked up'),
  );
  const onRevoked = (serials: readonly string[]) => {
    options.listener()?.drop(serials);
    void barred.look();
  };
  const onIssued = () => barred.look();
  const { publicKey: signing } = createSigner(await state.secret('signing'));
  const { certificateDays } = settings;
  const doorkeeper = createDoorkeeper({
    state,
    authority,
    signing,
    devices,
    certificateDays,
    roadOf: createRoads({
      names: settings.names,
      mqttUrl: settings.mqttUrl,
      mqttPort: () => options.listener()?.port ?? settings.mqttPort,
      devices,
      state,
    }),
    refusals,
    onRevoked,
    onIssued,
    now,
  });
  const addDevice = deviceAdder(devices, options.importChains);
  const registry = createRegistry({ state, authority, devices, addDevice, onRevoked, onIssued, now });

  return {
    port: agentsPort({
      state,
      authority,
      registry,
      devices,
      look: options.look,
      door: `https://${settings.names[0] ?? settings.host}:${settings.httpsPort}`,
      now,
      certify: certifier(authority, now),
    }),
    listening: { host: settings.host, port: settings.mqttPort, certificate, doorkeeper, refusals, now },
    figures: () => [refusedFigure(refusals)],
    isBarred: (agent) => barred.has(agent),
    openDoor: (routes) =>
      openDoor({
        host: settings.host,
        port: settings.httpsPort,
        certificate,
        authority: authority.certificate,
        doorkeeper,
        refusals,
        routes: [revokedRoute(state.admission, now), ...routes],
        log,
      }),
    close() {
      barred.close();
      certificate.close();
    },
  };
}

/** Certifies the key of another server: PEM. Undefined for what is no P-256 public key, or asks for the name of our doors. */
const certifier =
  (authority: Authority, now: () => number) =>
  ({ publicKey, names, days }: { publicKey: string; names: string[]; days: number }): string | undefined => {
    if (names.some((name) => name.toLowerCase().replace(/\.+$/, '') === DOOR_NAME)) return undefined;
    try {
      const key = createPublicKey(publicKey);
      if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
      return authority.issueServer({ publicKey: key, names, now: now(), days }).pem + authority.certificate;
    } catch {
      return undefined;
    }
  };

const refusedFigure = (refusals: Refusals): ReturnType<SelfSource['figures']>[number] => ({
  name: 'vigie_agents_refused_total',
  help: 'Devices that were not let in.',
  type: 'counter',
  samples: [...refusals.counts()].map(([reason, value]) => ({ labels: { reason }, value })),
});
