/** A seal as it is shown, and kept: its fields as they are signed, and by which people recognise it and its key. */

import { ApiProperty } from '@nestjs/swagger';
import { fingerprintOf, sealHash } from './seal-bytes.js';
import type { Seal } from './seal.events.js';

export class LogSealAnswer {
  @ApiProperty({ type: 'integer', description: '1 for the first seal' }) number!: number;
  @ApiProperty({ type: 'integer', description: 'It covers so many events, the first of the log' }) treeSize!: number;
  @ApiProperty({ description: 'Merkle tree hash of RFC 6962' }) rootHash!: string;
  @ApiProperty({ type: 'string', nullable: true, description: '`sealHash` of the seal before; null for the first' })
  previousSealHash!: string | null;
  @ApiProperty({ format: 'date-time' }) sealedAt!: string;
  @ApiProperty({ description: 'Ed25519, 32 bytes in base64' }) publicKey!: string;
  @ApiProperty({ description: '64 bytes in base64; empty in a dry run' }) signature!: string;
  @ApiProperty({ description: 'SHA-256 of the seal: what the next one names' }) sealHash!: string;
  @ApiProperty({ description: 'SHA-256 of the public key' }) keyFingerprint!: string;
}

export function shownSeal(seal: Seal): LogSealAnswer {
  return { ...seal, sealHash: sealHash(seal), keyFingerprint: fingerprintOf(seal.publicKey) };
}
