/** GET /seals/latest and /seals/:number — one seal as a document to keep: with it a cut-off or altered log shows. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { AtLeastQuery } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { LogSealAnswer, shownSeal } from './seal-answers.js';
import { SealNumberParam } from './seal-number-param.js';
import { reject } from './seal.rejections.js';
import { lastSeal, sealNumbered, type ListedSeal } from './sealed-log.js';

export class KeptSealAnswer extends LogSealAnswer {
  @ApiProperty({ description: 'Its own place in the log of this server' }) sealPosition!: string;
  @ApiProperty({ type: [String], description: 'How to check it, step by step' }) howToCheck!: string[];
  @ApiProperty() position!: string;
}

@Controller('seals')
export class ShowSealDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get('latest')
  @Allowed(...READERS)
  @Reads('The last seal of the log, to keep', KeptSealAnswer)
  async latest(@Query() { atLeast }: AtLeastQuery, @ReaderLanguage() language: Language): Promise<KeptSealAnswer> {
    await this.ledger.upToDate(Number(atLeast ?? 0));
    const last = lastSeal(this.ledger);
    if (last === undefined) throw reject('SEAL_NONE');
    return this.document(last, language);
  }

  @Get(':number')
  @Allowed(...READERS)
  @Reads('A seal of the log, to keep', KeptSealAnswer)
  async show(
    @Param('number', SealNumberParam) number: number,
    @Query() { atLeast }: AtLeastQuery,
    @ReaderLanguage() language: Language,
  ): Promise<KeptSealAnswer> {
    await this.ledger.upToDate(Number(atLeast ?? 0));
    return this.document(sealNumbered(this.ledger, number), language);
  }

  private document({ seal, position }: ListedSeal, language: Language): KeptSealAnswer {
    return {
      ...shownSeal(seal),
      sealPosition: String(position),
      howToCheck: howToCheck[language](seal.treeSize),
      position: String(this.ledger.projector.checkpoint),
    };
  }
}

const howToCheck: Readonly<Record<Language, (treeSize: number) => string[]>> = {
  fr: (treeSize) => [
    'Gardez ce document hors de ce serveur, et comparez keyFingerprint avec l’empreinte que l’exploitant vous a donnée.',
    'La signature (Ed25519) porte sur « ledger-276 seal v1 », un saut de ligne, puis le JSON canonique (RFC 8785) de number, treeSize, rootHash, previousSealHash, sealedAt et publicKey.',
    `rootHash est la racine de Merkle (RFC 6962) des ${treeSize} premiers événements d’un export du journal : un journal plus court, ou changé, en a une autre.`,
    'GET /api/v1/seals/consistency?from=…&to=… prouve qu’un scellement plus récent prolonge celui-ci. docs/seals.md écrit chaque octet.',
  ],
  en: (treeSize) => [
    'Keep this document away from this server, and compare keyFingerprint with the fingerprint that the operator gave you.',
    'The signature (Ed25519) is over “ledger-276 seal v1”, a line feed, and the canonical JSON (RFC 8785) of number, treeSize, rootHash, previousSealHash, sealedAt and publicKey.',
    `rootHash is the Merkle root (RFC 6962) of the first ${treeSize} events of an export of the log: a log that is shorter, or was changed, has another.`,
    'GET /api/v1/seals/consistency?from=…&to=… proves that a later seal continues this one. docs/seals.md writes down every byte.',
  ],
};
