/** The evidence bundle: what it holds, how it is checked without this server, what its three verdicts mean, and the download. */

import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';

export const evidencePageTexts = {
  fr: {
    title: 'Dossier de preuves',
    lead: 'Le journal entier et de quoi le vérifier sans ce serveur : une archive que vous emportez.',
    download: 'Télécharger le dossier de preuves (zip)',
    noted: 'Le téléchargement est noté au journal des exports avant de partir.',
    journal: 'Journal des exports',
    run: 'Le vérifier',
    runLead:
      'Décompressez l’archive sur votre machine. Il suffit de Python 3.9 ou plus récent, sans aucune bibliothèque :',
    held: 'Avec un scellement que vous avez gardé et la clé que vous tenez d’une autre source, la fin du journal se prouve aussi :',
    kept: 'scellement-conservé.json',
    key: 'clé-connue.txt',
    seals: 'Garder un scellement',
    verdicts: 'Les trois verdicts',
    verdict: 'Verdict',
    meaning: 'Ce qu’il dit',
    without: 'Quand il manque',
    rows: [
      [
        'Intégrité',
        'Rien n’a été modifié, ôté, permuté ni inséré : chaque événement correspond à son empreinte, et les empreintes aux scellements signés.',
        'Le premier événement en cause est nommé : sa ligne, sa position, son flux.',
      ],
      [
        'Complétude',
        'La fin du journal est là : il contient tout ce que couvrait le scellement que vous avez gardé.',
        'Sans scellement gardé, elle est « non établie », jamais « bonne ».',
      ],
      [
        'Arithmétique',
        'Chaque quote-part est recalculée d’après sa clé, la somme des positions est nulle, chaque solde et chaque clôture se rejouent.',
        'L’événement et l’écart au centime sont nommés.',
      ],
    ],
    files: 'Ce que contient l’archive',
    file: 'Fichier',
    holds: 'Contenu',
    list: [
      ['events.ndjson', 'le journal entier, un événement par ligne, dans l’ordre'],
      ['leaves.txt', 'l’empreinte de chaque événement'],
      ['seals.json', 'les scellements signés'],
      ['public-keys.txt', 'les clés publiques qui les ont signés'],
      ['balances.json', 'les soldes que montrait le registre, et leur position'],
      ['manifest.json', 'le compte, l’empreinte racine, la taille et le SHA-256 de chaque fichier'],
      ['verify.py', 'le vérificateur : il ne partage aucun code avec le registre'],
      ['README.fr.md, README.en.md', 'le mode d’emploi'],
    ],
    notProved: 'Ce que cela ne prouve pas',
    limits: [
      'Qu’un fait enregistré est vrai, ni qu’un fait vrai a été enregistré.',
      'Que la clé est celle du registre : comparez son empreinte avec celle que vous tenez d’une autre source.',
      'Ce qui suit le dernier scellement : seul le manifeste, qui n’est pas signé, le décrit.',
    ],
  },
  en: {
    title: 'Evidence bundle',
    lead: 'The whole log and what it takes to check it without this server: an archive that you take away.',
    download: 'Download the evidence bundle (zip)',
    noted: 'The download is noted in the journal of exports before it leaves.',
    journal: 'Journal of exports',
    run: 'Check it',
    runLead: 'Unpack the archive on your machine. Python 3.9 or later is enough, without any library:',
    held: 'With a seal that you have kept and the key that you have from another source, the end of the log is proved too:',
    kept: 'kept-seal.json',
    key: 'known-key.txt',
    seals: 'Keep a seal',
    verdicts: 'The three verdicts',
    verdict: 'Verdict',
    meaning: 'What it says',
    without: 'When it fails',
    rows: [
      [
        'Integrity',
        'Nothing was altered, dropped, swapped or inserted: each event fits its hash, and the hashes fit the signed seals.',
        'The first event concerned is named: its line, its position, its stream.',
      ],
      [
        'Completeness',
        'The end of the log is there: it holds all that the seal you have kept covered.',
        'Without a kept seal it is “not established”, never “good”.',
      ],
      [
        'Arithmetic',
        'Every share is computed again by its key, the positions sum to zero, every balance and every closing is replayed.',
        'The event and the difference to the cent are named.',
      ],
    ],
    files: 'What the archive holds',
    file: 'File',
    holds: 'Content',
    list: [
      ['events.ndjson', 'the whole log, an event a line, in order'],
      ['leaves.txt', 'the hash of each event'],
      ['seals.json', 'the signed seals'],
      ['public-keys.txt', 'the public keys that signed them'],
      ['balances.json', 'the balances that the ledger showed, and their position'],
      ['manifest.json', 'the count, the root hash, the size and SHA-256 of every file'],
      ['verify.py', 'the verifier: it shares no code with the ledger'],
      ['README.fr.md, README.en.md', 'how to use it'],
    ],
    notProved: 'What this does not prove',
    limits: [
      'That a recorded fact is true, or that a true fact was recorded.',
      'That the key is the ledger’s: compare its fingerprint with one that you have from another source.',
      'What follows the last seal: only the manifest describes it, and that is not signed.',
    ],
  },
};

export function EvidencePage() {
  const texts = useTexts(evidencePageTexts);
  const { person, language } = useVisitor();
  const lang = language === 'fr' ? '' : ' --lang en';
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p class="actions">
        <a class="button" href="/evidence/bundle">
          {texts.download}
        </a>
        {(person?.role === 'auditor' || person?.role === 'admin') && <a href="/exports-journal">{texts.journal}</a>}
      </p>
      <p class="hint">{texts.noted}</p>
      <h2>{texts.run}</h2>
      <p>{texts.runLead}</p>
      <pre>{`python3 verify.py${lang}`}</pre>
      <p>
        {texts.held} <a href="/seals">{texts.seals}</a>
      </p>
      <pre>{`python3 verify.py${lang} --seal ${texts.kept} --public-key ${texts.key}`}</pre>
      <h2>{texts.verdicts}</h2>
      <DataTable
        caption={texts.verdicts}
        captionHidden
        rows={texts.rows}
        columns={[
          { title: texts.verdict, kind: 'head', cell: ([verdict]) => verdict },
          { title: texts.meaning, kind: 'words', cell: ([, meaning]) => meaning },
          { title: texts.without, kind: 'words', cell: ([, , without]) => without },
        ]}
      />
      <h2>{texts.files}</h2>
      <DataTable
        caption={texts.files}
        captionHidden
        rows={texts.list}
        columns={[
          { title: texts.file, kind: 'head', cell: ([file]) => <code>{file}</code> },
          { title: texts.holds, kind: 'words', cell: ([, holds]) => holds },
        ]}
      />
      <h2>{texts.notProved}</h2>
      <ul>
        {texts.limits.map((limit) => (
          <li>{limit}</li>
        ))}
      </ul>
    </>
  );
}
