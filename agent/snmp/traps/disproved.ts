import type { CheckStatus } from '../../../protocol/status.ts';
import type { DeviceReading, Sensor } from '../reading.ts';

/** UPS-MIB: what feeds the output, and how many alarms are present. */
const OUTPUT_SOURCE = '1.3.6.1.2.1.33.1.4.1.0';
const ALARMS_PRESENT = '1.3.6.1.2.1.33.1.6.1.0';

const PROOFS: readonly { check: RegExp; oid: string; isOver: (sensor: Sensor) => boolean }[] = [
  { check: /^trap:upsTrapOnBattery$/, oid: OUTPUT_SOURCE, isOver: ({ status }) => status === 'ok' },
  { check: /^trap:upsTrapAlarmEntryAdded(:|$)/, oid: ALARMS_PRESENT, isOver: ({ value }) => value === 0 },
];

/** The checks among those that traps have raised which a later look at the device shows to be over. */
export const disproved = (raised: readonly CheckStatus[], { sensors = [] }: DeviceReading): string[] =>
  raised
    .map(({ check }) => check)
    .filter((check) =>
      PROOFS.some(
        (proof) =>
          proof.check.test(check) && sensors.some((sensor) => sensor.oid === proof.oid && proof.isOver(sensor)),
      ),
    );
