import type { DeviceFamily, SensorKind, SensorStatus } from './reading.ts';

/**
 * How one family of devices is read over SNMP. A profile is data: what it applies to, and where its MIB keeps what we want
 * to know. Several may apply to one device, the standard MIBs' among them; where two tell the same thing (the same OID of a
 * sensor; a model, version, CPU, memory …) the more special one counts, see `rank`.
 *
 * OIDs are numeric and without a leading dot. One that ends in `.0` is a scalar; any other is a column, and has a row for
 * each index below it.
 */
export interface SnmpProfile {
  /** The same as the file's name. */
  name: string;
  /** The maker, or the MIB: what a person calls it. */
  title: string;
  /** Any of these; `'any'`: every device is asked, and what it does not have is left out. */
  match: 'any' | readonly Match[];
  /**
   * Standard MIBs have 0, a maker's 10 (when left out), one model or system of a maker 20. What a higher one tells of
   * identity, CPU, memory, storage or supplies takes the place of what lower ones tell; sensors add up.
   */
  rank?: number;
  identity?: Identity;
  /** What else is known of it in words, by the path of a fact: `modem.operator`. The first text counts. */
  facts?: Readonly<Record<string, readonly TextRule[]>>;
  cpu?: readonly CpuRule[];
  memory?: readonly UsageRule[];
  storage?: readonly UsageRule[];
  sensors?: readonly SensorRule[];
  supplies?: readonly SupplyRule[];
  traps?: readonly TrapRule[];
  /** What models have below numbers of their own: each device is asked that of its model only. */
  models?: readonly ModelRules[];
  /** Its bridge tables are one for each VLAN, reached by `community@VLAN` or the context `vlan-VLAN`. */
  bridgePerVlan?: boolean;
  /** Rules of lower profiles that this device answers wrongly: the OIDs (or what they begin with) not to be asked. */
  without?: readonly string[];
}

/** All that is given must hold. */
export interface Match {
  /** sysObjectID is this or below it; any of them. */
  sysObjectID?: string | readonly string[];
  /** Regular expression over sysDescr, case does not matter. */
  sysDescr?: string;
  /** An OID (scalar, or a column with any row) that must answer, and with `is` match: a number as a whole. */
  has?: { oid: string; is?: string };
  /** None of these sysObjectIDs. */
  notSysObjectID?: string | readonly string[];
  notSysDescr?: string;
}

export interface Identity {
  kind?: DeviceFamily | readonly KindRule[];
  vendor?: string;
  /** The first that gives a text counts. */
  model?: readonly TextRule[];
  version?: readonly TextRule[];
  serial?: readonly TextRule[];
}

/** Rules of the devices whose sysObjectID is this or below it; they stand before those of all its profile applies to. */
export interface ModelRules {
  sysObjectID: string;
  identity: { model: readonly TextRule[]; version: readonly TextRule[]; serial: readonly TextRule[] };
  cpu: readonly CpuRule[];
  memory: readonly UsageRule[];
  sensors: readonly SensorRule[];
}

/** The first whose condition holds; one without a condition always does. */
export interface KindRule {
  kind: DeviceFamily;
  sysObjectID?: string | readonly string[];
  sysDescr?: string;
  /** An OID that must answer, and with `is` match. */
  has?: { oid: string; is?: string };
}

/**
 * A text: a template such as `AOS v{1.3.6.1.4.1.318.1.4.2.4.1.4.1}` (nothing, where a part of it is not told), or what a
 * regular expression takes from an OID.
 * `sysDescr`, `sysObjectID`, `sysName` stand for their OIDs. Of a column, the first row that gives a text counts.
 */
export type TextRule =
  | string
  | {
      from: string;
      /** Regular expression, case does not matter; `as` tells what of it is kept, `$1` when left out. */
      match?: string;
      as?: string;
      /** What stands for a value: sysObjectIDs or codes and the model they mean. Without an entry there is no text. */
      map?: Readonly<Record<string, string>>;
      /** Only rows whose column `oid` matches `is`: the chassis among the entities, say. */
      where?: { oid: string; is: string };
      /** Octets as colon-less hexadecimal, or as a MAC address. */
      octets?: 'hex' | 'mac';
    };

/** A number: where it stands, and what it is to be multiplied with. */
export type NumberRule =
  | string
  | {
      oid: string;
      /** The value is multiplied with this: a number, or the OID of it in the same row (hrStorageAllocationUnits). */
      scale?: number | string;
      /** Takes the number out of a text, `$1`; without it a text that begins with a number is that number. */
      match?: string;
      /** Values that mean there is none (in the device's own units): -1, 255, 65535, 2147483647. */
      skip?: readonly number[];
      /** Values that stand for another one: a maker's 0 for a full cartridge. */
      codes?: Readonly<Record<number, number>>;
      /**
       * Where the point stands, as ENTITY-SENSOR-MIB tells it: the OIDs of the SI prefix's code (9 is none, each step a
       * thousandfold) and of the number of decimal places.
       */
      decimal?: { prefix?: string; places?: string };
      /**
       * Converts Fahrenheit, negates, inverts a percentage, makes dBm of milliwatts or MHz of a Wi-Fi channel's number,
       * or takes a negative number for one that did not fit into 31 bits.
       */
      as?: 'fahrenheit' | 'negative' | 'rest' | 'dbm' | 'channel' | 'unsigned';
    };

/**
 * A template: text with `{OID}` in it, a column read in the same row or a scalar; `{index}` is the row's index,
 * `{index.1}` the first number of it, `{index.-1}` the last. `{OID@1}` reads the column at the first number of the index
 * only, `{OID@2}` at the first two, `{OID@-1}` at the last, `{OID@->OTHER}` at the number that OTHER tells in this row.
 * White space is tidied; a name that is empty falls back to the kind of thing and its index.
 */
export type Template = string;

/** Leaves a row out, when any of these holds. */
export interface Skip {
  /** In the same row, a scalar, or addressed as in a template; the value itself when left out. */
  oid?: string;
  is?: readonly (number | string)[];
  not?: readonly (number | string)[];
  /** Regular expression, case does not matter. */
  matches?: string;
  below?: number;
  above?: number;
  /** True: where the device does not tell it. */
  missing?: boolean;
  /** Regular expression over the row's index. */
  index?: string;
  /** True: where any row of the OID answers: a newer table that tells the same. */
  answers?: boolean;
}

export interface CpuRule {
  name: Template;
  /** Percent used. */
  used: NumberRule;
  /** One CPU of the mean of all rows, under this name. */
  mean?: boolean;
  skip?: readonly Skip[];
}

/** Memory or storage: percent, or two of used, free and total in one unit. */
export interface UsageRule {
  name: Template;
  percent?: NumberRule;
  used?: NumberRule;
  free?: NumberRule;
  total?: NumberRule;
  /** Bytes in one unit of the three, where it is not in their scale. */
  unit?: number;
  /**
   * What could be had back at once, buffers and cache: in the same unit, and taken off what is used unless less than
   * nothing were left. Of a column, all rows whose `where` holds.
   */
  reclaimable?: readonly { value: NumberRule; where?: { oid: string; is: string } }[];
  skip?: readonly Skip[];
}

export interface SensorRule {
  kind: SensorKind;
  name: Template;
  /** A column, or a scalar. For `state` the code. */
  value: NumberRule;
  /** Where it is not the usual one of its kind: MHz of a radio's frequency. */
  unit?: string;
  /**
   * What the codes of a `state` mean: numbers, or the words some devices say. A code that is not listed is unknown, under
   * its number.
   */
  states?: Readonly<Record<string | number, readonly [label: string, status: SensorStatus]>>;
  /** Of a `state` whose octets are a row of bits: what each that is set means, from the highest of the first octet on. */
  bits?: readonly (readonly [label: string, status: SensorStatus])[];
  /**
   * Values that are judged by the device's own limits, in the units of the value (after its scale). A low one that is not
   * below its high one was never set, and neither counts.
   */
  limits?: {
    low?: NumberRule | number;
    lowWarning?: NumberRule | number;
    highWarning?: NumberRule | number;
    high?: NumberRule | number;
  };
  skip?: readonly Skip[];
  /** `clients` and the like: one sum of all rows that have the same name. */
  sum?: boolean;
  /** Of the rows that have the same name the first only: a radio's channel, told for each of its networks. */
  first?: boolean;
  /** One sensor under this name, of how many rows there are: none is 0. */
  count?: boolean;
}

export interface SupplyRule {
  name: Template;
  /** Kind of supply in plain words: toner, ink, drum, waste, fuser, paper, label, ribbon, other; or the OID that tells it. */
  kind: string | { oid: string; map: Readonly<Record<string | number, string>> };
  percent?: NumberRule;
  level?: NumberRule;
  max?: NumberRule;
  /** No worse than this is said of it, however little is left: an empty tray for single sheets is nothing. */
  worst?: SensorStatus;
  skip?: readonly Skip[];
}

/** What a trap means. Its OID is the notification's; v1 traps are translated as RFC 3584 has it. */
export interface TrapRule {
  oid: string;
  /** What its MIB calls it: part of the name of the check it raises. The profile's name and its number when left out. */
  name?: string;
  /** Only where this variable matches; the first rule of an OID that fits counts. */
  where?: { oid: string; is: string };
  /**
   * What happened, in both languages; `{OID}` is a variable of the trap, by its OID without an index, `{OID|OTHER}` the
   * first that is told.
   */
  title: { fr: string; en: string };
  /** `clears`: the trap takes back what the trap of this OID raised, for the same `key`. */
  severity: 'info' | 'warning' | 'critical' | 'clears';
  clears?: string;
  /** What tells two of them apart: `{OID}` of the variable, such as ifIndex. Without it there is one of the device. */
  key?: Template;
}

/** Infers nothing, checks everything: a misspelt key is a fault of the type checker. */
export const defineProfile = (profile: SnmpProfile): SnmpProfile => profile;
