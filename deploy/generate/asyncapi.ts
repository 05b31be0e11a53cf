import { DesiredConfig } from '../../protocol/agent-config.ts';
import { Command, Reply } from '../../protocol/commands.ts';
import { Facts } from '../../protocol/facts.ts';
import { Birth, CollectorPresence, Receipt, Report, StatusMessage } from '../../protocol/messages.ts';
import { deviceKey, NAME_PATTERN } from '../../protocol/names.ts';
import { Signed } from '../../protocol/signed.ts';
import { agentTopic, collectorTopic, deviceTopic, type TopicKind } from '../../protocol/topics.ts';

const part = (description: string) => ({ description, schema: { type: 'string', pattern: NAME_PATTERN } });
const deviceParts = {
  chain: part('The chain.'),
  store: part('The store.'),
  device: part('The device the message is about.'),
};
const address = (kind: TopicKind) => deviceTopic({ chain: '{chain}', store: '{store}', device: '{device}', kind });

const retained = { bindings: { mqtt: { qos: 1, retain: true, bindingVersion: '0.2.0' } } };
const passing = { bindings: { mqtt: { qos: 1, retain: false, bindingVersion: '0.2.0' } } };
const mayBeLost = { bindings: { mqtt: { qos: 0, retain: false, bindingVersion: '0.2.0' } } };

/** The wire as an AsyncAPI 3 document, made from the schemas that check it. */
export function asyncApi(version: string): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Vigie on MQTT',
      version,
      description:
        'MQTT 3.1.1, JSON, QoS 1. The embedded broker acknowledges a message once it is committed. Any other acknowledges it earlier: there, receipts say what is committed.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      birth: {
        address: address('birth'),
        parameters: deviceParts,
        messages: { birth: { $ref: '#/components/messages/birth' } },
      },
      status: {
        address: address('status'),
        parameters: deviceParts,
        messages: { status: { $ref: '#/components/messages/status' } },
      },
      report: {
        address: address('report'),
        parameters: deviceParts,
        messages: { report: { $ref: '#/components/messages/report' } },
      },
      collector: {
        address: collectorTopic('{collector}'),
        parameters: { collector: part('The collector.') },
        messages: { presence: { $ref: '#/components/messages/presence' } },
      },
      receipt: {
        address: agentTopic(deviceKey('{chain}', '{store}', '{agent}'), 'receipt'),
        parameters: {
          chain: part('The chain.'),
          store: part('The store.'),
          agent: part('The device that sent the reports, for itself or for others.'),
        },
        messages: { receipt: { $ref: '#/components/messages/receipt' } },
      },
      config: {
        address: agentTopic(deviceKey('{chain}', '{store}', '{device}'), 'config'),
        parameters: deviceParts,
        messages: { config: { $ref: '#/components/messages/config' } },
      },
      command: {
        address: agentTopic(deviceKey('{chain}', '{store}', '{device}'), 'command'),
        parameters: deviceParts,
        messages: { command: { $ref: '#/components/messages/command' } },
      },
      reply: {
        address: address('reply'),
        parameters: deviceParts,
        messages: { reply: { $ref: '#/components/messages/reply' } },
      },
      facts: {
        address: address('facts'),
        parameters: deviceParts,
        messages: { facts: { $ref: '#/components/messages/facts' } },
      },
    },
    operations: {
      sayBirth: { action: 'send', channel: { $ref: '#/channels/birth' }, summary: 'On every connection.', ...retained },
      sayStatus: {
        action: 'send',
        channel: { $ref: '#/channels/status' },
        summary: 'After the birth, at a goodbye, and as the will.',
        ...retained,
      },
      report: { action: 'send', channel: { $ref: '#/channels/report' }, summary: 'At every interval.', ...passing },
      hearCollector: {
        action: 'receive',
        channel: { $ref: '#/channels/collector' },
        summary: 'Reports are kept while no collector is there.',
        ...retained,
      },
      hearReceipt: {
        action: 'receive',
        channel: { $ref: '#/channels/receipt' },
        summary: 'Where a collector asks for it, a report is kept until a receipt names it, and sent again until then.',
        ...mayBeLost,
      },
      hearConfig: {
        action: 'receive',
        channel: { $ref: '#/channels/config' },
        summary: 'The configuration it is to run, signed; its birth says which one it runs.',
        ...retained,
      },
      hearCommand: {
        action: 'receive',
        channel: { $ref: '#/channels/command' },
        summary: 'An action it is to carry out, signed.',
        ...passing,
      },
      reply: {
        action: 'send',
        channel: { $ref: '#/channels/reply' },
        summary: 'What became of a command; sent until it is acknowledged.',
        ...passing,
      },
      tellFacts: {
        action: 'send',
        channel: { $ref: '#/channels/facts' },
        summary: 'What it is made of: after each start and on each change; sent until it is acknowledged.',
        ...passing,
      },
    },
    components: {
      messages: {
        birth: { payload: Birth },
        status: { payload: StatusMessage },
        report: { payload: Report },
        presence: { payload: CollectorPresence },
        receipt: { payload: Receipt },
        config: {
          payload: Signed,
          description: 'The body is a DesiredConfig.',
        },
        command: { payload: Signed, description: 'The body is a Command.' },
        reply: { payload: Reply },
        facts: { payload: Facts },
      },
      schemas: { DesiredConfig, Command },
    },
  };
}
