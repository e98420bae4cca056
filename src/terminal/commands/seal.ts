/** `ledger seal` — seals the log as it stands now. */

import { answer, type Command } from '../command.js';

interface Sealed {
  readonly number: number;
  readonly treeSize: number;
  readonly rootHash: string;
  readonly sealedAt: string;
  readonly keyFingerprint: string;
}

export const seal: Command = {
  usage: 'seal',
  summary: 'scelle le journal : racine de Merkle signée, enchaînée au scellement précédent',
  options: {},
  words: 0,

  run: async (given) => answer<Sealed>(given, { method: 'POST', path: '/seals' }, print),
};

function print({ number, treeSize, rootHash, sealedAt, keyFingerprint }: Sealed, replayed: boolean): string {
  return [
    replayed
      ? `Rien de nouveau depuis le scellement n° ${number}, du ${sealedAt}.`
      : `Scellement n° ${number}, du ${sealedAt}.`,
    `${treeSize} événements, racine ${rootHash}`,
    `Clé ${keyFingerprint}`,
  ].join('\n');
}
