/** What a device told last of what matters first: it may be long ago where the device is silent. */
export interface LastReadings {
  /** Milliseconds since 1970. */
  at: number;
  values: LastReading[];
}

export interface LastReading {
  /** Measurement and field: `cpu usage_active`. */
  reading: string;
  value: number;
  unit: string;
}
