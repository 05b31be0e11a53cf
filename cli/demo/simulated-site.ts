import { type ModelledDevice, modelDevice, readDevice } from './device-model.ts';
import type { Fault } from './faults/fault.ts';
import { SiteFaults } from './faults/site-faults.ts';
import { GatewayAgent, type GatewayAgentOptions } from './gateway-agent.ts';
import type { Readings } from './models/model.ts';
import type { Site } from './sites.ts';

export interface SimulatedSiteOptions extends Omit<GatewayAgentOptions, 'read'> {
  seed: number;
}

/** A store that lives through its faults: what its agent sends follows from them and from the time, and nothing else. */
export class SimulatedSite {
  readonly site: Site;
  readonly agent: GatewayAgent;
  readonly #devices: ModelledDevice[];
  readonly #faults = new SiteFaults();
  readonly #now: () => number;
  #lineCut = false;
  #gatewayOff = false;

  constructor({ seed, ...options }: SimulatedSiteOptions) {
    const { site, now } = options;
    this.site = site;
    this.#now = now;
    const { timeZone } = site.store;
    this.#devices = site.devices.map(({ key, device }) =>
      modelDevice({ key, kind: device.kind, timeZone }, seed, now()),
    );
    this.agent = new GatewayAgent({ ...options, read: (device, at) => this.#read(device, at) });
  }

  get troubled(): boolean {
    return this.#faults.inForce(this.#now());
  }

  /** Begins a fault. */
  suffer(fault: Fault): void {
    this.#faults.add(fault);
    this.settle();
    const ups = this.#devices.findIndex(({ kind }) => kind === 'ups');
    // A UPS doesn’t wait for its turn to say that mains are gone.
    if (fault.what === 'power-fails' && ups >= 0) this.report(ups);
  }

  /** Brings the line, the gateway and the pings in step with the faults in force now. */
  settle(): void {
    const now = this.#now();
    this.#devices.forEach((device, i) => {
      const effect = this.#faults.effectOn(device, now);
      if (i === 0) this.#settleGateway(effect.linkCut === true, effect.silent === true);
      else if (!this.#gatewayOff) this.agent.setReachable(i, effect.unreachable !== true);
    });
  }

  /** A device’s turn to be measured. Nothing comes of it while it, or the gateway that measures it, is silent. */
  report(device: number): void {
    const modelled = this.#devices[device];
    if (!modelled || this.#gatewayOff || this.#faults.effectOn(modelled, this.#now()).silent) return;
    this.agent.report(device);
  }

  #settleGateway(lineCut: boolean, off: boolean): void {
    if (this.#gatewayOff && !off) this.agent.reboot();
    this.#gatewayOff = off;
    if (lineCut === this.#lineCut) return;
    this.#lineCut = lineCut;
    if (lineCut) this.agent.cutLine();
    else this.agent.restoreLine();
  }

  #read(index: number, at: number): Readings {
    const device = this.#devices[index];
    if (!device) throw new RangeError(`no device ${index} in store ${this.site.key}`);
    const { uplinkDown, onBattery, diskFill, unsoldSince } = this.#faults.effectOn(device, at);
    return readDevice(device, at, {
      bootedAt: this.#faults.bootedAt(device, at, device.bootedAt),
      uplinkDown: uplinkDown === true,
      onBattery: onBattery === true,
      diskFill: diskFill ?? 0,
      ...(unsoldSince !== undefined && { unsoldSince }),
    });
  }
}
