import { defineProfile, type TextRule } from '../profile.ts';

/** Cisco's tree; AireOS controllers answer with Airespace's. What hangs below 9.6.1 are the small business products. */
const CISCO = '1.3.6.1.4.1.9';
const AIRESPACE = '1.3.6.1.4.1.14179';
const SMALL_BUSINESS = `${CISCO}.6.1`;

/** entPhysicalTable of ENTITY-MIB. */
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';
const [CLASS, NAME, SOFTWARE, SERIAL, MODEL] = [
  `${ENTITY}.5`,
  `${ENTITY}.7`,
  `${ENTITY}.10`,
  `${ENTITY}.11`,
  `${ENTITY}.13`,
];
const [CHASSIS, STACK] = ['3', '11'];
const of = (kind: string, from: string): TextRule => ({ from, where: { oid: CLASS, is: kind } });

/** CISCO-PROCESS-MIB: cpmCPUTotalTable, cpmCoreTable. */
const CPU = `${CISCO}.9.109.1.1.1.1`;
const CORE = `${CISCO}.9.109.1.1.2.1`;
const [CPU_ENTITY, CPU_5_MIN_OLD, CPU_5_MIN, CPU_MEMORY_USED, CPU_MEMORY_FREE] = [
  `${CPU}.2`,
  `${CPU}.5`,
  `${CPU}.8`,
  `${CPU}.12`,
  `${CPU}.13`,
];
const CORE_5_MIN = `${CORE}.5`;
/** CISCO-ENTITY-QFP-MIB: the processor that forwards; the third interval is five minutes. */
const QFP_LOAD = `${CISCO}.9.715.1.1.6.1.14`;

/** CISCO-ENHANCED-MEMPOOL-MIB, indexed by entity and pool; CISCO-MEMORY-POOL-MIB. */
const ENHANCED = `${CISCO}.9.221.1.1.1.1`;
const [ENHANCED_NAME, ENHANCED_VALID, ENHANCED_USED, ENHANCED_FREE, ENHANCED_HC_USED, ENHANCED_HC_FREE] = [
  `${ENHANCED}.3`,
  `${ENHANCED}.6`,
  `${ENHANCED}.7`,
  `${ENHANCED}.8`,
  `${ENHANCED}.18`,
  `${ENHANCED}.20`,
];
const POOL = `${CISCO}.9.48.1.1.1`;
const IS_INVALID = { oid: ENHANCED_VALID, not: [1] };

/** What sysDescr calls the platforms that are switches: their letters are those of routers too (C2900 is one, C2960 not). */
const SWITCH =
  'Catalyst|NX-OS|L3 Switch|\\bCAT\\d|\\bC29[4-7]\\d|\\bC(29|35)00XL|\\bIES Software|\\bC3[5678]50|\\bC3560|\\bC(9[2-6]|1[023])00|\\bIE-?\\d{4}|\\bs72033|\\bs222|\\bCBS\\d|\\bCGS|\\bME-?\\d{4}';

export const profile = defineProfile({
  name: 'cisco',
  title: 'Cisco IOS, IOS-XE, IOS-XR, NX-OS, ASA, WLC',
  match: [
    { sysObjectID: CISCO, notSysObjectID: SMALL_BUSINESS, notSysDescr: '^Catalyst 1[23]00' },
    { sysObjectID: [AIRESPACE, `${SMALL_BUSINESS}.37`] },
  ],
  bridgePerVlan: true,
  identity: {
    kind: [
      { kind: 'firewall', sysDescr: 'Adaptive Security|Firepower|Secure Firewall|\\bPIX\\b|Firewall Services' },
      { kind: 'wireless-controller', sysDescr: 'Cisco Controller|\\bC9800' },
      { kind: 'wireless-controller', sysObjectID: AIRESPACE },
      { kind: 'access-point', sysDescr: '-K9W[78]-|\\bAironet\\b' },
      { kind: 'switch', sysDescr: SWITCH },
      { kind: 'router' },
    ],
    vendor: 'Cisco',
    model: [
      of(CHASSIS, MODEL),
      of(STACK, NAME),
      of(CHASSIS, NAME),
      `{${MODEL}}`,
      { from: 'sysDescr', match: '^Cisco IOS Software, (\\S+) Software|IOS \\(tm\\) (\\S+) Software', as: '$1$2' },
    ],
    version: [{ from: 'sysDescr', match: 'Version ([^,\\s]+)' }, of(CHASSIS, SOFTWARE), `{${SOFTWARE}}`],
    /** chassisId of OLD-CISCO-CHASSIS-MIB at the end: a number in hexadecimal where nobody set it. */
    serial: [of(CHASSIS, SERIAL), `{${SERIAL}}`, { from: `${CISCO}.3.6.3.0`, match: '^(?!0x)(\\S+)' }],
  },
  cpu: [
    { name: `{${NAME}@->${CPU_ENTITY}}`, used: CPU_5_MIN },
    { name: `{${NAME}@->${CPU_ENTITY}}`, used: CPU_5_MIN_OLD, skip: [{ oid: CPU_5_MIN, above: -1 }] },
    { name: 'CPU {index.1} core {index.2}', used: CORE_5_MIN },
    { name: `QFP {${NAME}@1}`, used: QFP_LOAD, skip: [{ index: '\\.(?!3$)\\d+$' }] },
    /** avgBusy5 of OLD-CISCO-CPU-MIB. */
    {
      name: 'CPU',
      used: `${CISCO}.2.1.58.0`,
      skip: [
        { oid: CPU_5_MIN, answers: true },
        { oid: CPU_5_MIN_OLD, answers: true },
      ],
    },
  ],
  memory: [
    { name: `{${NAME}@1} {${ENHANCED_NAME}}`, used: ENHANCED_HC_USED, free: ENHANCED_HC_FREE, skip: [IS_INVALID] },
    {
      name: `{${NAME}@1} {${ENHANCED_NAME}}`,
      used: ENHANCED_USED,
      free: ENHANCED_FREE,
      skip: [IS_INVALID, { oid: ENHANCED_HC_USED, above: -1 }],
    },
    { name: `{${POOL}.2}`, used: `${POOL}.5`, free: `${POOL}.6`, skip: [{ oid: ENHANCED_USED, answers: true }] },
    {
      name: `{${NAME}@->${CPU_ENTITY}}`,
      used: CPU_MEMORY_USED,
      free: CPU_MEMORY_FREE,
      unit: 1024,
      skip: [
        { oid: ENHANCED_USED, answers: true },
        { oid: `${POOL}.5`, answers: true },
      ],
    },
  ],
  traps: [
    /** ciscoConfigManEvent of CISCO-CONFIG-MAN-MIB. */
    {
      oid: `${CISCO}.9.43.2.0.1`,
      title: { fr: 'La configuration a été modifiée', en: 'The configuration was changed' },
      severity: 'info',
    },
  ],
});
