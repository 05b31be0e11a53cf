/** What we use of net-snmp, which brings no types. */
declare module 'net-snmp' {
  export interface Varbind {
    oid: string;
    type: number;
    value: unknown;
  }

  type Answered<Result> = (error: Error | null, result: Result) => void;

  /** What a session wants of a socket. */
  export interface SessionSocket {
    send(
      bytes: Buffer,
      offset: number,
      length: number,
      port: number,
      host: string,
      done: (error: Error | null, sent?: number) => void,
    ): void;
    on(event: 'message' | 'close' | 'error', heard: (bytes: Buffer) => void): void;
    close(): void;
    ref(): void;
    unref(): void;
  }

  export interface SessionOptions {
    version?: number;
    port?: number;
    /** Repetitions of a request after the first. */
    retries?: number;
    /** Milliseconds. */
    timeout?: number;
    context?: string;
    dgramModule?: { createSocket(): SessionSocket };
  }

  export interface User {
    name: string;
    level: number;
    authProtocol?: number;
    authKey?: string;
    privProtocol?: number;
    privKey?: string;
  }

  export interface Session {
    /** Of one attempt of what is asked from now on, in milliseconds. */
    timeout: number;
    get(oids: readonly string[], answered: Answered<Varbind[]>): void;
    getNext(oids: readonly string[], answered: Answered<Varbind[]>): void;
    /** The result has for each OID what was repeated for it. */
    getBulk(
      oids: readonly string[],
      nonRepeaters: number,
      maxRepetitions: number,
      answered: Answered<Varbind[][]>,
    ): void;
    on(event: 'error', heard: (error: Error) => void): void;
    close(): void;
    /** What is known of the other's engine, its time advanced by our clock. Null before it has proved who it is. */
    getEngineTime(): { engineBoots: number; engineTime: number } | null;
  }

  interface Engine {
    engineID: Buffer;
    /** Needed for AES. */
    engineBoots?: number;
    engineTime?: number;
  }

  interface Snmp {
    Version1: 0;
    Version2c: 1;
    Version3: 3;
    SecurityLevel: { noAuthNoPriv: number; authNoPriv: number; authPriv: number };
    AuthProtocols: Record<'md5' | 'sha' | 'sha224' | 'sha256' | 'sha384' | 'sha512', number>;
    PrivProtocols: Record<'des' | 'aes' | 'aes256b' | 'aes256r', number>;
    ObjectType: Record<
      | 'Boolean'
      | 'Integer'
      | 'OctetString'
      | 'Null'
      | 'OID'
      | 'IpAddress'
      | 'Counter'
      | 'Gauge'
      | 'TimeTicks'
      | 'Opaque'
      | 'Counter64'
      | 'NoSuchObject'
      | 'NoSuchInstance'
      | 'EndOfMibView',
      number
    >;
    ErrorStatus: Record<'TooBig' | 'NoSuchName' | 'GeneralError', number>;
    ResponseInvalidCode: Record<
      'ECouldNotDecrypt' | 'EAuthFailure' | 'EReqResOidNoMatch' | 'EUnexpectedReport' | 'ENotInTimeWindow',
      number
    >;
    RequestTimedOutError: new (...args: never[]) => Error & { name: 'RequestTimedOutError' };
    RequestFailedError: new (...args: never[]) => Error & { name: 'RequestFailedError'; status: number };
    ResponseInvalidError: new (...args: never[]) => Error & { name: 'ResponseInvalidError'; code: number };
    createSession(host: string, community: string, options: SessionOptions): Session;
    createV3Session(host: string, user: User, options: SessionOptions): Session;
    Authentication: {
      /** Keys by password and engine, for the life of the process. */
      authToKeyCache: Record<string, Buffer>;
      computeCacheKey(protocol: number, password: string, engineId: Buffer): string;
      passwordToKey(protocol: number, password: string, engineId: Buffer): Buffer;
      /** Octets of the digest in a message. */
      getParametersLength(protocol: number): number;
      /** Of a message whose digest is all zeros. */
      calculateDigest(message: Buffer, protocol: number, password: string, engineId: Buffer): Buffer;
    };
    Encryption: {
      algorithms: Record<
        number,
        {
          encryptPdu(
            plain: Buffer,
            privProtocol: number,
            password: string,
            authProtocol: number,
            engine: Engine,
          ): { encryptedPdu: Buffer; msgPrivacyParameters: Buffer };
          decryptPdu(
            encrypted: Buffer,
            privProtocol: number,
            salt: Buffer,
            password: string,
            authProtocol: number,
            engine: Engine,
          ): Buffer;
        }
      >;
    };
  }

  const snmp: Snmp;
  export default snmp;
}
