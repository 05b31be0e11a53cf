import { Compile } from 'typebox/compile';
import { HOLIDAY_LISTS } from '../../protocol/holidays.ts';
import type { SlaClockName } from '../../protocol/views.ts';
import {
  type Contract,
  DEFAULT_JUDGEMENT,
  type Grade,
  type Holder,
  type Judgement,
  type Sales,
} from '../engine/judgement.ts';
import { JudgementFile } from './judgement-schema.ts';
import { toSeconds } from './rule-pack-schema.ts';
import { type RuleFault, toFaults } from './schema-faults.ts';

type WrittenContract = NonNullable<JudgementFile['contracts']>[number];
type Written = Pick<WrittenContract, 'chains' | 'attributes'>;

const PATH = '/judgement';
const ESCALATE = { N1: 50, N2: 75, N3: 100 };

const BUILT_IN: ReadonlySet<string> = new Set(HOLIDAY_LISTS);

const checker = Compile(JudgementFile);

/** What is wrong with the `judgement` of a rule pack's file. */
export function faultsOfJudgement(written: unknown): RuleFault[] {
  const faults = toFaults(checker.Errors(written), PATH);
  return faults.length > 0 ? faults : faultsWithin(written as JudgementFile);
}

/** The `judgement` of a rule pack's file, known to be without fault; what is left out is as it is without the file. */
export function toJudgement({ matrix, impact = {}, contracts = [], sales = [] }: JudgementFile): Judgement {
  const standard = DEFAULT_JUDGEMENT.impact;
  return {
    matrix: matrix ? toMatrix(matrix) : DEFAULT_JUDGEMENT.matrix,
    impact: {
      highShare: impact.high === undefined ? standard.highShare : impact.high / 100,
      mediumShare: impact.medium === undefined ? standard.mediumShare : impact.medium / 100,
      classAttribute: impact.class ?? standard.classAttribute,
      weights: impact.weights ?? standard.weights,
    },
    contracts: contracts.map(toContract),
    sales: sales.map((one): Sales => ({ ...holderOf(one), perLaneMinute: one.perLaneMinute, currency: one.currency })),
  };
}

function faultsWithin({ impact = {}, contracts = [] }: JudgementFile): RuleFault[] {
  const faults: RuleFault[] = [];
  const { high = 100, medium = 0 } = impact;
  if (medium > high) {
    faults.push({ path: `${PATH}/impact/medium`, message: `must be no more than high (${high}); it is ${medium}` });
  }
  for (const [index, contract] of contracts.entries()) faults.push(...faultsOfHolidays(contract, index));
  for (const [index, { escalate }] of contracts.entries()) {
    const { N1, N2, N3 } = escalate ?? ESCALATE;
    if (N1 < N2 && N2 < N3) continue;
    const message = `must rise from N1 to N3; they are ${N1}, ${N2}, ${N3}`;
    faults.push({ path: `${PATH}/contracts/${index}/escalate`, message });
  }
  return faults;
}

/** A contract may serve several chains, whose lists may bear one name and differ: it names none of theirs. */
function faultsOfHolidays({ serviceHours }: WrittenContract, contract: number): RuleFault[] {
  if (typeof serviceHours !== 'object') return [];
  return (serviceHours.holidays ?? []).flatMap((list, index) => {
    if (typeof list !== 'string' || BUILT_IN.has(list)) return [];
    const path = `${PATH}/contracts/${contract}/serviceHours/holidays/${index}`;
    const message = `must be one of ${HOLIDAY_LISTS.join(', ')}, or a list written out: those of chains are not known here; it is ${list}`;
    return [{ path, message }];
  });
}

function toMatrix(rows: NonNullable<JudgementFile['matrix']>): Judgement['matrix'] {
  const byGrade = <Value>([high, medium, low]: readonly [Value, Value, Value]): Record<Grade, Value> => ({
    1: high,
    2: medium,
    3: low,
  });
  const [high, medium, low] = rows;
  return byGrade([byGrade(high), byGrade(medium), byGrade(low)]);
}

function toContract(written: WrittenContract): Contract {
  const { serviceHours, escalate = ESCALATE } = written;
  const targets = (name: SlaClockName) =>
    Object.fromEntries(
      Object.entries(written[name] ?? {}).map(([priority, time]) => [priority.slice(1), toSeconds(time)]),
    );
  return {
    ...holderOf(written),
    targetsS: { respond: targets('respond'), restore: targets('restore') },
    ...(serviceHours !== undefined && { serviceHours }),
    escalateAt: [escalate.N1, escalate.N2, escalate.N3],
  };
}

function holderOf({ chains, attributes }: Written): Holder {
  const lists = Object.entries(attributes ?? {}).map(([name, texts]) => [name, [texts].flat()] as const);
  return { ...(chains && { chains }), ...(attributes && { attributes: Object.fromEntries(lists) }) };
}
