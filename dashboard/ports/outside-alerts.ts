/** An alert as Alertmanager's webhook tells it. */
export interface ToldAlert {
  status: 'firing' | 'resolved';
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  startsAt: number;
  fingerprint: string;
}

/** Why an alert was not taken: no device of ours fits its labels, or several do. */
export interface LeftAlert {
  alert: string;
  why: 'no-device' | 'several-devices';
}

/** The door for what another monitoring system finds. */
export interface OutsideAlertPort {
  /** Resolves when what was taken is committed. */
  take(alerts: readonly ToldAlert[]): Promise<{ taken: number; left: LeftAlert[] }>;
}
