/** Links to files and documents, in one line below what they hold. */

import { useLanguage } from './reading.js';

export interface DownloadLink {
  readonly href: string;
  readonly text: string;
}

const TITLES = { fr: 'Télécharger', en: 'Download' };

/** @param title what is downloaded, where it is not what stands above */
export function Downloads({ title, links }: { readonly title?: string; readonly links: readonly DownloadLink[] }) {
  const language = useLanguage();
  return (
    <p class="downloads">
      <span>{title ?? TITLES[language]}</span>
      {links.map(({ href, text }) => (
        <a key={href} href={href}>
          {text}
        </a>
      ))}
    </p>
  );
}

const FORMATS = [
  ['xlsx', { fr: 'Classeur (XLSX)', en: 'Workbook (XLSX)' }],
  ['csv', { fr: 'CSV', en: 'CSV' }],
  ['open-data', { fr: 'Données ouvertes (CSV)', en: 'Open data (CSV)' }],
] as const;

/** A list in each of the formats of files. @param address of the export in one of them */
export function TableDownloads({ address }: { readonly address: (format: string) => string }) {
  const language = useLanguage();
  return <Downloads links={FORMATS.map(([format, text]) => ({ href: address(format), text: text[language] }))} />;
}
