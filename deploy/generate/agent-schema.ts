import { CheckEntry } from '../../agent/check-entry.ts';
import { registry } from '../../agent/checks/registry.gen.ts';
import { AgentConfigFile } from '../../agent/config-schema.ts';
import { catalogue } from '../../agent/profiles/catalogue.ts';
import { CommunityCredential, UserCredential } from '../../agent/snmp/credentials.ts';
import { SnmpDeviceEntries, SnmpFile } from '../../agent/snmp/options.ts';

type Json = Record<string, unknown>;

/** A value, or the name of a variable in its place. */
const orVariable = (schema: Json): Json =>
  schema.type === 'string'
    ? schema
    : { anyOf: [schema, { type: 'string', pattern: '^\\$\\{[a-z][A-Za-z0-9]*\\}$' }], description: schema.description };

/** The agent's configuration as a JSON Schema that editors know how to use: with every profile, and every check's options. */
export async function agentSchema(): Promise<object> {
  const { properties: file, ...rest } = plain(AgentConfigFile);
  const { properties: common } = plain(CheckEntry) as { properties: Record<string, Json> };
  const checks = await Promise.all(
    Object.entries(registry).map(async ([type, load]) => {
      const { title, options, example } = await load();
      const {
        properties,
        required = [],
        ...more
      } = plain(options) as { properties: Record<string, Json>; required?: string[] };
      const own = Object.entries(properties).map(([key, schema]) => [key, orVariable(schema)]);
      return {
        ...more,
        title: title.en,
        examples: [{ type, ...example }],
        properties: { ...common, type: { const: type }, ...Object.fromEntries(own) },
        required: ['type', ...required],
      };
    }),
  );
  const keys = file as Record<string, Json>;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Vigie agent',
    ...rest,
    properties: {
      ...keys,
      profile: { ...keys.profile, enum: Object.keys(catalogue) },
      checks: { ...keys.checks, items: { anyOf: checks } },
      snmp: snmpSchema(),
      snmpDevices: plain(SnmpDeviceEntries),
    },
  };
}

/** `snmp` with its credentials, which an agent checks one by one so as to say more of a fault. */
function snmpSchema(): Json {
  const { properties, ...rest } = plain(SnmpFile) as { properties: Record<string, Json> };
  const credentials = {
    ...properties.credentials,
    type: 'object',
    additionalProperties: { anyOf: [plain(CommunityCredential), plain(UserCredential)] },
  };
  return { ...rest, properties: { ...properties, credentials } };
}

/** Without what only the library sees. */
const plain = (schema: object): Json => JSON.parse(JSON.stringify(schema)) as Json;
