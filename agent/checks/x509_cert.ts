import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { describeFlaw, pointOf, type SeenCertificate, whyUntrusted } from '../certificate.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';
import { findFiles } from '../platform/find-files.ts';

/** Files looked at in one run. */
const MOST_SOURCES = 50;

/** How long certificates are still good: of a TLS server and of files; who vouches for them, and for which name. */
export const plugin = definePlugin({
  type: 'x509_cert',
  title: { fr: 'Certificat', en: 'Certificate' },
  options: Type.Object(
    {
      server: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 253,
          description: 'Name or address of a TLS server to ask.',
          fr: 'Nom ou adresse d’un serveur TLS à interroger.',
        }),
      ),
      port: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 65_535,
          default: 443,
          description: 'Its TCP port, where TLS begins at once.',
          fr: 'Son port TCP, où TLS commence aussitôt.',
        }),
      ),
      servername: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 253,
          description: 'Name the certificate must be for, also sent as SNI; by default the server’s.',
          fr: 'Nom que doit porter le certificat, envoyé aussi en SNI\u202f; par défaut celui du serveur.',
        }),
      ),
      caFile: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 4096,
          description: 'File of the authorities to trust (PEM); by default the public ones.',
          fr: 'Fichier des autorités de confiance (PEM)\u202f; par défaut les autorités publiques.',
        }),
      ),
      files: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), {
          minItems: 1,
          maxItems: 16,
          description: 'Files with certificates (PEM), where * and ? stand for any characters of a name.',
          fr: 'Fichiers de certificats (PEM), où * et ? remplacent des caractères d’un nom.',
        }),
      ),
    },
    {
      additionalProperties: false,
      anyOf: [{ required: ['server'] }, { required: ['files'] }],
      description: 'Needs `server` or `files`.',
      fr: 'Demande `server` ou `files`.',
    },
  ),
  example: { server: 'pos.example.net', port: 8443, caFile: '/etc/vigie/ca.pem' },
  distinguish: ({ server, port = 443, files }) =>
    (server === undefined ? (files ?? []).join(',') : `${server}:${port}`).slice(0, 100),
  create: (wanted) => async (ctx) => {
    const points: Point[] = [];
    const texts: string[] = [];
    const look = async (source: string, read: () => Promise<SeenCertificate>) => {
      try {
        const seen = await read();
        points.push(pointOf(source, seen, ctx.now()));
        const flaw = whyUntrusted(seen, ctx.now());
        if (flaw) texts.push(describeFlaw(ctx.say, source, flaw, seen));
      } catch (error) {
        texts.push(tellUnreadable(ctx, source, error));
      }
    };
    const { server, port = 443 } = wanted;
    if (server !== undefined) await look(`${server}:${port}`, () => askServer(ctx, { ...wanted, server, port }));
    for (const file of await listFiles(ctx, wanted.files ?? [])) await look(file, () => readCertificate(ctx, file));
    if (points.length === 0 && texts.length === 0) texts.push(tellNone(ctx, wanted.files ?? []));
    return {
      points,
      statuses: [
        texts.length === 0
          ? { check: ctx.name, status: 'ok' }
          : { check: ctx.name, status: 'critical', text: texts.join(' ').slice(0, 512) },
      ],
    };
  },
});

interface WantedServer {
  server: string;
  port: number;
  servername?: string;
  caFile?: string;
}

async function askServer(ctx: CheckContext, wanted: WantedServer): Promise<SeenCertificate> {
  const { server, port, servername = server, caFile } = wanted;
  const { chain, chainError, isForOtherName } = await ctx.tlsPeer(server, port, {
    servername,
    ...(caFile !== undefined && { caFile }),
  });
  const [leaf] = chain;
  if (!leaf) throw new Error('no certificate');
  return { leaf, chain, servername, ...(chainError !== undefined && { chainError }), isForOtherName };
}

async function listFiles(ctx: CheckContext, patterns: readonly string[]): Promise<string[]> {
  const found = await Promise.all(patterns.map((pattern) => findFiles(ctx, pattern)));
  return [...new Set(found.flat())].slice(0, MOST_SOURCES);
}

/** The first certificate of a file, and those that follow it as its chain. A file says nothing about whom to trust. */
async function readCertificate(ctx: CheckContext, file: string): Promise<SeenCertificate> {
  const text = await ctx.readText(file);
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const { X509Certificate } = await import('node:crypto');
  const { describeCertificate } = await import('../platform/tls-peer.ts');
  const chain = blocks.map((block) => describeCertificate(new X509Certificate(block)));
  const [leaf] = chain;
  if (!leaf) throw new Error('no certificate');
  return { leaf, chain, isForOtherName: false };
}

function tellUnreadable(ctx: CheckContext, source: string, error: unknown): string {
  if (ctx.signal.aborted) {
    return ctx.say({
      fr: `${source} ne répond pas dans le temps imparti.`,
      en: `${source} gives no answer in time.`,
    });
  }
  const code = errorCode(error) ?? describeError(error);
  return ctx.say({
    fr: `Aucun certificat n’a pu être lu de ${source} (${code}).`,
    en: `No certificate could be read from ${source} (${code}).`,
  });
}

const tellNone = (ctx: CheckContext, patterns: readonly string[]): string =>
  ctx.say({
    fr: `Aucun fichier ne correspond à ${patterns.join(', ')}.`,
    en: `No file is called like ${patterns.join(', ')}.`,
  });
