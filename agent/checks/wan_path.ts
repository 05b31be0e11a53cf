import { type Static, Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { errorCode } from '../describe-error.ts';
import { request } from '../http-request.ts';
import { type DefaultRoute, isNeighbourKnown, listDefaultRoutes } from '../platform/default-routes.ts';
import { ping } from '../platform/ping.ts';

const Link = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'What people call it, e.g. `fibre` or `4G`.',
      fr: 'Nom d’usage, par exemple `fibre` ou `4G`.',
    }),
    interface: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Interface of this host that leads to it.',
        fr: 'Interface de cet hôte qui y mène.',
      }),
    ),
    gateway: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Address of its router.',
        fr: 'Adresse de son routeur.',
      }),
    ),
    egress: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Its public address, or how that begins, e.g. `203.0.113.`; needs `egressUrl`.',
        fr: 'Son adresse publique, ou le début de celle-ci, par exemple `203.0.113.`\u202f; demande `egressUrl`.',
      }),
    ),
  },
  {
    additionalProperties: false,
    anyOf: [{ required: ['interface'] }, { required: ['gateway'] }, { required: ['egress'] }],
    description: 'A link; needs `interface`, `gateway` or `egress`, and all that are given must fit.',
    fr: 'Un lien\u202f; demande `interface`, `gateway` ou `egress`, et tout ce qui est donné doit convenir.',
  },
);
type Link = Static<typeof Link>;

/**
 * Which of the store's links carries its traffic. A backup that has taken over is seen although everything works, and one
 * that never does is found out before the day it is needed.
 */
export const plugin = definePlugin({
  type: 'wan_path',
  title: { fr: 'Accès au réseau', en: 'WAN path' },
  options: Type.Object(
    {
      links: Type.Optional(
        Type.Array(Link, {
          minItems: 1,
          maxItems: 8,
          description: 'The store’s links, the usual one first; without it only the route is told.',
          fr: 'Les liens du magasin, l’habituel en premier\u202f; sans eux, seule la route est dite.',
        }),
      ),
      egressUrl: Type.Optional(
        Type.String({
          pattern: '^https?://[^\\s]+$',
          maxLength: 1024,
          format: 'url',
          description:
            'Address that answers with the public address a request came from: tells links apart behind a router.',
          fr: 'Adresse qui répond par l’adresse publique du demandeur\u202f: distingue les liens derrière un routeur.',
        }),
      ),
      gatewayProbe: Type.Optional(
        Type.Enum(['arp', 'ping'], {
          default: 'arp',
          description:
            'How the gateway is looked for: in the kernel’s own table (arp), which costs nothing, or by ping.',
          fr: 'Recherche de la passerelle\u202f: dans la table du noyau (arp), sans coût, ou par ping.',
        }),
      ),
      gatewayPort: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 65_535,
          description: 'TCP port of the gateway to try instead; a refusal also proves that it is there.',
          fr: 'Port TCP de la passerelle à essayer à la place\u202f; un refus prouve aussi sa présence.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: {
    links: [
      { name: 'fibre', interface: 'eth0' },
      { name: '4G', interface: 'wwan0' },
    ],
  },
  create: ({ links = [], egressUrl, gatewayProbe = 'arp', gatewayPort }) => {
    let last: string | undefined;
    let changes = 0;
    return async (ctx) => {
      const [route] = await listDefaultRoutes(ctx);
      if (!route) {
        const text = ctx.say({ fr: 'Aucune route par défaut\u202f: aucun lien.', en: 'No default route: no link.' });
        return { points: [], statuses: [{ check: ctx.name, status: 'critical', text }] };
      }
      const egress = egressUrl === undefined ? undefined : await askEgress(ctx, egressUrl);
      const at = links.findIndex((link) => fits(link, route, egress));
      // Unknown while the address was asked in vain: the store may well be where it was.
      const isUnsure = at < 0 && egressUrl !== undefined && egress === undefined;
      const path = links[at]?.name ?? `${route.interface} ${route.gateway ?? ''}`;
      if (!isUnsure) {
        if (last !== undefined && path !== last) changes += 1;
        last = path;
      }
      const isReachable = await reach(ctx, route);
      return {
        points: [
          {
            m: 'wan_path',
            t: {
              ...(at >= 0 && { link: path }),
              interface: route.interface,
              ...(route.gateway !== undefined && { gateway: route.gateway }),
            },
            f: {
              ...(at >= 0 && { link_index: at, on_backup: at > 0 ? 1 : 0 }),
              ...(isReachable !== undefined && { gateway_reachable: isReachable ? 1 : 0 }),
              metric: route.metric,
              changes,
            },
          },
        ],
        statuses: [{ check: ctx.name, ...judge() }],
      };

      function judge() {
        const { gateway, interface: name } = route as DefaultRoute;
        if (isReachable === false) {
          const text = ctx.say({
            fr: `La passerelle ${gateway} ne répond pas sur ${name}.`,
            en: `The gateway ${gateway} does not answer on ${name}.`,
          });
          return { status: 'critical', text } as const;
        }
        if (links.length === 0 || at === 0) return { status: 'ok' } as const;
        if (isUnsure) {
          const text = ctx.say({
            fr: 'L’adresse publique n’a pu être demandée\u202f: lien inconnu.',
            en: 'The public address could not be asked for: link unknown.',
          });
          return { status: 'unknown', text } as const;
        }
        const via = [name, gateway, egress].filter(Boolean).join(', ');
        const text =
          at > 0
            ? ctx.say({
                fr: `Le magasin passe par son lien de secours ${path} (${via}).`,
                en: `The store is on its backup link ${path} (${via}).`,
              })
            : ctx.say({ fr: `Lien inconnu\u202f: ${via}.`, en: `Unknown link: ${via}.` });
        return { status: 'warning', text: text.slice(0, 512) } as const;
      }
    };

    async function reach(ctx: CheckContext, route: DefaultRoute): Promise<boolean | undefined> {
      const { gateway } = route;
      if (gateway === undefined) return undefined;
      if (gatewayPort !== undefined) return isPortThere(ctx, gateway, gatewayPort);
      if (gatewayProbe === 'arp') return isNeighbourKnown(ctx, route);
      // A router on the link itself is called by its interface.
      const host = gateway.startsWith('fe80:') ? `${gateway}%${route.interface}` : gateway;
      return (await ping(ctx, host, 1, 1000)).roundTrips.length > 0;
    }
  },
});

const fits = (link: Link, route: DefaultRoute, egress: string | undefined): boolean =>
  (link.interface === undefined || link.interface === route.interface) &&
  (link.gateway === undefined || link.gateway === route.gateway) &&
  (link.egress === undefined || egress?.startsWith(link.egress) === true);

async function isPortThere(ctx: CheckContext, gateway: string, port: number): Promise<boolean> {
  try {
    await ctx.connect(gateway, port);
    return true;
  } catch (error) {
    return errorCode(error) === 'ECONNREFUSED';
  }
}

/** The first thing in a short answer that looks like an address. */
async function askEgress(ctx: CheckContext, url: string): Promise<string | undefined> {
  try {
    const { status, text } = await request(ctx, url, { maxBytes: 4096 });
    if (status !== 200) return undefined;
    return /\b\d{1,3}(?:\.\d{1,3}){3}\b|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}/i.exec(text)?.[0];
  } catch {
    return undefined;
  }
}
