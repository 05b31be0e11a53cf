import type { MeasurementDefinition } from './definition.ts';

/** What a till sells with. */
export const RETAIL: Readonly<Record<string, MeasurementDefinition>> = {};
