declare module 'postject' {
  /** Puts a resource into an executable, in place, and flips the sentinel that says so. */
  export function inject(
    file: string,
    resource: string,
    data: Uint8Array,
    options: { sentinelFuse: string },
  ): Promise<void>;
}
