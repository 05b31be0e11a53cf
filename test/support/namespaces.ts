import { execFileSync, spawn, spawnSync } from 'node:child_process';

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** Whether this machine lets us make networks of our own. */
export function canMakeNetworks(): boolean {
  if (process.getuid?.() !== 0) return false;
  const name = `vp${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name], { stdio: 'ignore' }).status !== 0) return false;
  const isWhole =
    spawnSync('ip', ['-n', name, 'link', 'add', 'br0', 'type', 'bridge'], { stdio: 'ignore' }).status === 0;
  ip('netns', 'del', name);
  return isWhole;
}

/** A machine of a test: a network namespace with its own loopback. */
export interface Machine {
  name: string;
  /** A program that runs on it. Its pid is the program's own. */
  spawn(file: string, args: readonly string[], env?: Record<string, string>): ReturnType<typeof spawn>;
}

/** Machines, and cables between them. Take it all away again with `remove`. */
export class Networks {
  readonly #machines: string[] = [];
  readonly #prefix = `v${process.pid % 100_000}`;
  #cables = 0;

  machine(short: string): Machine {
    const name = `${this.#prefix}${short}`;
    ip('netns', 'add', name);
    this.#machines.push(name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
    return {
      name,
      spawn: (file, args, env = {}) =>
        spawn('ip', ['netns', 'exec', name, file, ...args], {
          env: { ...process.env, LANG: 'C', LC_ALL: 'C', ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
    };
  }

  /** A switch; what `plug` returns is the port on it. */
  switch(short: string): Machine {
    const machine = this.machine(short);
    ip('-n', machine.name, 'link', 'add', 'br0', 'type', 'bridge');
    ip('-n', machine.name, 'link', 'set', 'br0', 'up');
    return machine;
  }

  /** A cable between two machines, each end with its address; undefined stands for the machine the test runs on. */
  cable(a: Machine | undefined, addressA: string, b: Machine, addressB: string): Cable {
    const [endA, endB] = this.#pair(a, b);
    for (const [machine, end, address] of [
      [a, endA, addressA],
      [b, endB, addressB],
    ] as const) {
      ip(...on(machine), 'addr', 'add', address, 'dev', end);
      ip(...on(machine), 'link', 'set', end, 'up');
    }
    return cableAt(a, endA);
  }

  /** A cable from a switch to a machine. */
  plug(into: Machine, machine: Machine, address: string): Cable {
    const [port, end] = this.#pair(into, machine);
    ip('-n', into.name, 'link', 'set', port, 'master', 'br0', 'up');
    ip('-n', machine.name, 'addr', 'add', address, 'dev', end);
    ip('-n', machine.name, 'link', 'set', end, 'up');
    return cableAt(into, port);
  }

  remove(): void {
    // What is in a namespace goes with it, and the other ends of its cables too.
    for (const name of this.#machines.splice(0)) spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
  }

  #pair(a: Machine | undefined, b: Machine): [string, string] {
    const number = this.#cables++;
    const [endA, endB] = [`${this.#prefix}a${number}`, `${this.#prefix}b${number}`];
    ip('link', 'add', endA, 'type', 'veth', 'peer', 'name', endB);
    if (a) ip('link', 'set', endA, 'netns', a.name);
    ip('link', 'set', endB, 'netns', b.name);
    return [endA, endB];
  }
}

export interface Cable {
  cut(): void;
  mend(): void;
}

const on = (machine: Machine | undefined): string[] => (machine ? ['-n', machine.name] : []);

const cableAt = (machine: Machine | undefined, end: string): Cable => ({
  cut: () => ip(...on(machine), 'link', 'set', end, 'down'),
  mend: () => ip(...on(machine), 'link', 'set', end, 'up'),
});
