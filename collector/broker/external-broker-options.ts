import { type Static, Type } from 'typebox';
import { Name } from '../../protocol/names.ts';

const TimeoutMs = (description: string) => Type.Optional(Type.Integer({ minimum: 100, maximum: 120_000, description }));

/** Where an external broker is and how we speak to it. Secrets are here already read from where they are kept. */
export const ExternalBrokerOptions = Type.Object(
  {
    url: Type.String({
      // No user and password in it: an address is written into logs.
      pattern: '^mqtts?://(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(:\\d{1,5})?/?$',
      description: 'mqtt://host:port, or mqtts://host:port over TLS; ports 1883 and 8883 when left out.',
    }),
    user: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    password: Type.Optional(Type.String({ maxLength: 1024 })),
    ca: Type.Optional(
      Type.String({ description: 'File of the authority that signed the broker’s certificate (PEM).' }),
    ),
    cert: Type.Optional(Type.String({ description: 'File of our own certificate (PEM), where the broker wants one.' })),
    key: Type.Optional(Type.String({ description: 'File of the key to it (PEM).' })),
    id: Name,
    inFlight: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 65_535,
        description: 'Messages of one partition taken and not yet acknowledged, at most; 4,000 by default.',
      }),
    ),
    keepaliveS: Type.Optional(Type.Integer({ minimum: 1, maximum: 600, description: '15 by default.' })),
    connectTimeoutMs: TimeoutMs('From the first packet to the broker’s welcome; 10 s by default.'),
    answerTimeoutMs: TimeoutMs('For any other answer of the broker; 10 s by default.'),
  },
  { additionalProperties: false },
);
export type ExternalBrokerOptions = Static<typeof ExternalBrokerOptions>;
