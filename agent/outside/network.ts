/** A question and how to know its answer is whole. */
export interface Exchange {
  send: Uint8Array | string;
  /** Whether what came so far is the whole answer. */
  until(received: Uint8Array): boolean;
  /** Milliseconds to wait for the whole answer once it is asked; without it until the check's time is up. */
  answerMs?: number;
  /** Most bytes that are read of the answer: 64 KiB when left out. */
  maxBytes?: number;
}

export interface ExchangeAnswer {
  /** What came, whole or not. */
  received: Uint8Array;
  /** False: it was silent, closed or had said too much before the answer was whole. */
  isWhole: boolean;
}

/** Who a TLS server says it is. */
export interface TlsPeer {
  protocol: string;
  /** Its certificate first, then those it sent or that were found to lead to an authority. */
  chain: PeerCertificate[];
  /** OpenSSL's code of why no trusted authority vouches for it (`CERT_HAS_EXPIRED`, …); absent: one does. */
  chainError?: string;
  /** True when the certificate is for other names than the one asked for. */
  isForOtherName: boolean;
}

export interface PeerCertificate {
  subject: string;
  issuer: string;
  serialNumber: string;
  /** Milliseconds since 1970. */
  validFrom: number;
  validTo: number;
}

export interface TlsQuestion {
  /** The name it must answer to, also sent as SNI; without it the host's. */
  servername?: string;
  /** Authorities to trust (PEM); without it the system's usual ones. */
  caFile?: string;
}

export const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** The network as checks see it. Everything ends when the check's time is up: it then rejects with the signal's reason. */
export interface NetworkOutside {
  /** Opens a TCP connection and closes it again. Rejects with the system's error, or when `signal` fires. */
  connect(host: string, port: number): Promise<void>;
  /** Asks over TCP and reads the answer. Rejects with the system's error when it cannot connect or the connection breaks. */
  exchange(host: string, port: number, exchange: Exchange): Promise<ExchangeAnswer>;
  /** The same with a device file such as a printer's. Needs a time for the answer: a device never closes. */
  exchangeFile(path: string, exchange: Exchange & { answerMs: number }): Promise<ExchangeAnswer>;
  /** Shakes hands over TLS, trusted or not, and hangs up. Rejects when there is no handshake. */
  tlsPeer(host: string, port: number, question?: TlsQuestion): Promise<TlsPeer>;
  /**
   * Asks a name server (`address` or `address:port`), by default the system's. Each answer on a line of its own, as in a zone
   * file. Rejects with the resolver's error (`ENOTFOUND`, `ENODATA`, `ESERVFAIL`, `ETIMEOUT`, …).
   */
  resolve(name: string, type: RecordType, server?: string): Promise<string[]>;
  /**
   * Sends one datagram and gives the first one that comes back from there. Waits for it until the check's time is up.
   * Rejects with the system's error, such as `ECONNREFUSED` where nothing listens.
   */
  exchangeDatagram(host: string, port: number, bytes: Uint8Array): Promise<Uint8Array>;
  fetch(url: string, init: RequestInit): Promise<Response>;
}
