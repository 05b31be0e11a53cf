/** What a field counts in: decides how it is written for people. */
export type Unit =
  | 'percent'
  | 'bytes'
  | 'bytes/s'
  | 'bits/s'
  | 'per-second'
  | 'seconds'
  | 'milliseconds'
  | 'nanoseconds'
  | 'celsius'
  | 'count'
  | 'load'
  | 'bool';

export interface FieldDefinition {
  unit: Unit;
  fr: string;
  en: string;
}

export interface MeasurementDefinition {
  fr: string;
  en: string;
  /** Tags that tell its series apart. */
  tags: readonly string[];
  fields: Readonly<Record<string, FieldDefinition>>;
}
