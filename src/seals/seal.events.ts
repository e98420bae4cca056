/** What happens to the log as a whole: its first events are sealed under one hash, signed, and chained to the seal before. */

export interface LogSealed {
  readonly type: 'LogSealed.v1';
  readonly data: {
    /** 1 for the first seal, then one more each time. */
    readonly number: number;
    /** How many events it covers: the first of the log, in log order, earlier seals included. */
    readonly treeSize: number;
    /** Merkle tree hash of their canonical bytes (RFC 6962 §2.1), 64 hexadecimal digits in lower case. */
    readonly rootHash: string;
    /** SHA-256 of the seal before, in hexadecimal; null for the first. */
    readonly previousSealHash: string | null;
    /** RFC 3339, UTC, milliseconds. */
    readonly sealedAt: string;
    /** The 32 bytes of the Ed25519 key, in base64. */
    readonly publicKey: string;
    /** The 64 bytes of the signature, in base64. */
    readonly signature: string;
  };
}

export type Seal = LogSealed['data'];
/** What the signature stands under. */
export type UnsignedSeal = Omit<Seal, 'signature'>;

export type SealEvent = LogSealed;
