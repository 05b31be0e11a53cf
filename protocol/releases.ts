import { type Static, Type } from 'typebox';
import { Signed } from './signed.ts';

/** A version as it is written: `1.4.0`, `1.5.0-rc.2`. */
export const VERSION_PATTERN = '^(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})(-[0-9A-Za-z.-]{1,32})?$';
const Version = Type.String({ pattern: VERSION_PATTERN, description: 'Version of the agent.' });

/** What a file of a release runs on, as Node names it. */
export const PLATFORMS = ['linux-x64', 'win32-x64'] as const;
export type Platform = (typeof PLATFORMS)[number];

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** Bytes of the largest executable that is taken. */
const LARGEST_RELEASE = 268_435_456;

/** The body of a signed release: the executables of one version. Signed away from the server, with the release key. */
export const Release = Type.Object(
  {
    v: Type.Literal(1),
    version: Version,
    at: Type.Integer({ minimum: 0, description: 'When it was made, milliseconds since 1970.' }),
    downgrade: Type.Optional(
      Type.Literal(true, { description: 'May go where a newer version runs. Said by who signs, not by the server.' }),
    ),
    files: Type.Array(
      Type.Object(
        {
          platform: Type.Enum([...PLATFORMS]),
          sha256: Sha256,
          size: Type.Integer({ minimum: 1, maximum: LARGEST_RELEASE, description: 'Bytes.' }),
          packed: Type.Integer({ minimum: 1, maximum: LARGEST_RELEASE, description: 'Bytes as it travels (zstd).' }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: PLATFORMS.length, description: 'One executable per platform.' },
    ),
  },
  { additionalProperties: false, description: 'A version of the agent.' },
);
export type Release = Static<typeof Release>;

/** What the centre wants an agent to run. Retained on the agent's `release` topic; the release in it proves itself. */
export const WantedRelease = Type.Object(
  {
    signed: Signed,
    attempt: Type.Integer({
      minimum: 1,
      description: 'Counts the times it was wanted: an agent that went back tries again for a greater number only.',
    }),
    spreadS: Type.Integer({
      minimum: 0,
      maximum: 86_400,
      description: 'Seconds over which agents spread their downloads.',
    }),
    bytesPerSecond: Type.Integer({ minimum: 1024, description: 'A download takes no more of the store’s line.' }),
    until: Type.Integer({ minimum: 0, description: 'When the store opens: not to be started later, ms since 1970.' }),
  },
  { additionalProperties: false, description: 'A version of the agent to be run.' },
);
export type WantedRelease = Static<typeof WantedRelease>;

/** Why an agent does not run the version it was told to. */
export const UPDATE_FAULTS = [
  'signature', // not signed by the release key it was installed with
  'platform', // there is no executable for its system
  'older', // older than what runs, and not signed as a downgrade
  'file', // what was downloaded is not what was signed
  'starts', // it ended by itself, again and again
  'beats', // it ran, and no report of it arrived
] as const;
export type UpdateFault = (typeof UPDATE_FAULTS)[number];

/** What an agent that can replace itself says of it in its birth. */
export const UpdateState = Type.Object(
  {
    platform: Type.Enum([...PLATFORMS]),
    trying: Type.Optional(Version),
    refused: Type.Optional(
      Type.Object(
        { version: Version, attempt: Type.Integer({ minimum: 1 }), reason: Type.Enum([...UPDATE_FAULTS]) },
        { additionalProperties: false, description: 'The last version that was not kept, and why.' },
      ),
    ),
  },
  { additionalProperties: false, description: 'Present where the agent can replace itself.' },
);
export type UpdateState = Static<typeof UpdateState>;

/** Below zero when `a` is the older one. What comes before a version (`1.5.0-rc.2`) is older than it. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.before === right.before) return 0;
  if (left.before === '' || right.before === '') return left.before === '' ? 1 : -1;
  return left.before.localeCompare(right.before, 'en', { numeric: true });
}

function split(version: string): { numbers: number[]; before: string } {
  const dash = version.indexOf('-');
  const core = dash === -1 ? version : version.slice(0, dash);
  return { numbers: core.split('.').map(Number), before: dash === -1 ? '' : version.slice(dash + 1) };
}

/** Where the agents' door has an executable, packed. */
export const releasePath = (version: string, platform: Platform): string => `/v1/releases/${version}/${platform}`;
