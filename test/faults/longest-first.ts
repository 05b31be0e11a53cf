import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By the size of a file nobody sees how long it waits: begun last, the longest would run on alone. */
const LONGEST = [
  'deploy/deb.live',
  'cli/servers.live',
  'cli/snmp.live',
  'collector/state/postgres.live',
  'faults/kill-server.fault',
  'faults/broker-away.fault',
  'faults/kill-server-outbox.fault',
  'faults/kill-outbox.fault',
  'faults/three-days-cut.fault',
  'alerting/connectors/request_tracker.live',
].map((name) => `test/${name}.test.ts`);

const place = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((path) => moduleId.endsWith(path));
  return at < 0 ? LONGEST.length : at;
};

/** Those first that take longest, the others as vitest has them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}
