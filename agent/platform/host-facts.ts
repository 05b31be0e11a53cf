import { readFile } from 'node:fs/promises';
import { arch, cpus, hostname, networkInterfaces, release, totalmem, version } from 'node:os';
import { loadSystemInformation } from './system-information.ts';

const LONGEST = 256;
const SYSTEM_TIMEOUT_MS = 5000;

/** What the host is, for people: gathered once per start. What cannot be read is left out. */
export async function readHostFacts(): Promise<Record<string, string>> {
  const processors = cpus();
  const facts: Record<string, string | undefined> = {
    hostname: hostname(),
    os: process.platform === 'linux' ? await readDistribution() : version(),
    kernel: release(),
    arch: arch(),
    cpu: processors[0]?.model.trim(),
    cpus: String(processors.length),
    memoryBytes: String(totalmem()),
    address: firstAddress(),
    node: process.version,
    ...(process.platform === 'linux' ? await readDmi() : await readSystem()),
  };
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]) => (value ? [[key, value.slice(0, LONGEST)]] : [])),
  );
}

async function readDistribution(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1] ?? 'Linux';
}

/** The serial number is readable by root only. */
async function readDmi(): Promise<Record<string, string | undefined>> {
  const read = async (file: string) => {
    const text = await readFile(`/sys/class/dmi/id/${file}`, 'utf8').catch(() => '');
    return text.trim() || undefined;
  };
  return {
    vendor: await read('sys_vendor'),
    model: await read('product_name'),
    serial: await read('product_serial'),
  };
}

/** Asks a program of the system, which may hang. */
async function readSystem(): Promise<Record<string, string | undefined>> {
  const timeout = AbortSignal.timeout(SYSTEM_TIMEOUT_MS);
  const tooLate = new Promise<undefined>((resolve) => timeout.addEventListener('abort', () => resolve(undefined)));
  const asked = loadSystemInformation().then((library) => library.system());
  const system = await Promise.race([asked.catch(() => undefined), tooLate]);
  return { vendor: system?.manufacturer, model: system?.model, serial: system?.serial };
}

function firstAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}
