/** `ledger check-evidence` — the three verdicts on an evidence bundle, by the ledger's own rules. */

import { existsSync, readFileSync } from 'node:fs';
import { checkEvidence as check, type Trusted } from '../../evidence/check-evidence.js';
import { isSeal } from '../../evidence/check-seals.js';
import { printedReport } from '../../evidence/evidence-texts.js';
import { NotABundle, openBundle } from '../../evidence/open-bundle.js';
import { isPublicKey } from '../../seals/seal-bytes.js';
import type { Seal } from '../../seals/seal.events.js';
import { Misused, option, type Command, type Given } from '../command.js';

export const checkEvidence: Command = {
  usage: 'check-evidence <dossier|fichier.zip> [--seal <scellement.json>] [--public-key <clé>]',
  summary: 'vérifie un dossier de preuves : intégrité, complétude, arithmétique',
  options: { seal: { type: 'string' }, 'public-key': { type: 'string' } },
  words: 1,

  run: async (given) => {
    const trusted: Trusted = { held: heldSeal(given), publicKeys: trustedKeys(given) };
    try {
      const bundle = await openBundle(given.words[0]!);
      const report = await check(bundle, trusted).finally(() => bundle.close());
      console.log(given.json ? JSON.stringify(report) : printedReport(report, given.language));
      return Object.values(report.verdicts).some(({ verdict }) => verdict === 'bad') ? 1 : 0;
    } catch (error) {
      if (error instanceof NotABundle) throw new Misused(error.message);
      throw error;
    }
  },
};

/** A seal as it was kept: its content, or the whole event. @throws Misused */
function heldSeal(given: Given): Seal | undefined {
  const file = option(given, 'seal');
  if (file === undefined) return undefined;
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as { data?: unknown };
    const seal = isSeal(read) ? read : read.data;
    if (isSeal(seal)) return seal;
  } catch {
    // said below
  }
  throw new Misused(`${file} n’est pas un scellement`);
}

/** As base64, or as a file that holds them, one a line. @throws Misused */
function trustedKeys(given: Given): readonly string[] {
  const word = option(given, 'public-key');
  if (word === undefined) return [];
  const keys = existsSync(word) ? readFileSync(word, 'utf8').trim().split('\n') : [word];
  if (!keys.every(isPublicKey)) throw new Misused(`${word} n’est pas une clé publique Ed25519 en base64`);
  return keys;
}
