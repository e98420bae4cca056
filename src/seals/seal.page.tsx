/** One seal: what it covers, what it is signed with, how to check it, and the file to keep away from this server. */

import { Instant } from '../console/day.js';
import { Facts } from '../console/facts.js';
import { useTexts } from '../console/reading.js';
import { grouped } from './seals.page.js';
import type { KeptSealAnswer } from './show-seal.js';

export const sealTexts = {
  fr: {
    title: 'Scellement n°',
    covers: (events: number) => `Il couvre les ${events} premiers événements du journal.`,
    keep: 'Télécharger le scellement, à garder',
    signed: 'Ce qui est signé',
    position: 'À la position',
    at: 'Scellé le',
    root: 'Empreinte racine',
    previous: 'Scellement précédent',
    first: 'aucun : c’est le premier',
    hash: 'Empreinte du scellement',
    key: 'Empreinte de la clé',
    publicKey: 'Clé publique (Ed25519)',
    signature: 'Signature',
    check: 'Comment le vérifier',
  },
  en: {
    title: 'Seal number',
    covers: (events: number) => `It covers the first ${events} events of the log.`,
    keep: 'Download the seal, to keep',
    signed: 'What is signed',
    position: 'At position',
    at: 'Sealed at',
    root: 'Root hash',
    previous: 'Seal before',
    first: 'none: this is the first',
    hash: 'Hash of the seal',
    key: 'Fingerprint of the key',
    publicKey: 'Public key (Ed25519)',
    signature: 'Signature',
    check: 'How to check it',
  },
};

export function SealPage({ seal }: { readonly seal: KeptSealAnswer }) {
  const texts = useTexts(sealTexts);
  const { number, treeSize, sealedAt, previousSealHash } = seal;
  return (
    <>
      <h1>
        {texts.title} {number}
      </h1>
      <p class="lead">{texts.covers(treeSize)}</p>
      <p class="actions">
        <a class="button" href={`/seals/${number}/file`}>
          {texts.keep}
        </a>
      </p>
      <h2>{texts.signed}</h2>
      <Facts
        facts={[
          [texts.at, <Instant at={sealedAt} />],
          [texts.position, seal.sealPosition],
          [texts.root, code(seal.rootHash)],
          [
            texts.previous,
            previousSealHash === null ? texts.first : <a href={`/seals/${number - 1}`}>{code(previousSealHash)}</a>,
          ],
          [texts.hash, code(seal.sealHash)],
          [texts.key, code(grouped(seal.keyFingerprint))],
          [texts.publicKey, code(seal.publicKey)],
          [texts.signature, code(seal.signature)],
        ]}
      />
      <h2>{texts.check}</h2>
      <ol>
        {seal.howToCheck.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
    </>
  );
}

function code(text: string) {
  return <code class="fingerprint">{text}</code>;
}
