/** What publiccode.yml says of the software is complete by its standard (yml.publiccode.tools, 0.4) and true of this tree. */

import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Publiccode {
  readonly softwareVersion: string;
  readonly url: string;
  readonly description: Readonly<
    Record<string, { shortDescription: string; longDescription: string; features: string[] }>
  >;
  readonly legal: { readonly license: string };
  readonly maintenance: { readonly type: string; readonly contacts?: readonly unknown[] };
  readonly localisation: { readonly availableLanguages: readonly string[] };
}

const publiccode = parse(readFileSync('publiccode.yml', 'utf8')) as Publiccode;
const mandatory = [
  'publiccodeYmlVersion',
  'name',
  'url',
  'platforms',
  'categories',
  'developmentStatus',
  'softwareType',
  'description',
  'legal',
  'maintenance',
  'localisation',
];
const packageJson = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; license: string };

it('has every key that the standard demands', () => {
  expect(Object.keys(publiccode)).toEqual(expect.arrayContaining(mandatory));
});

it.each(['fr', 'en'])('describes the software in the length asked for: %s', (language) => {
  const { shortDescription, longDescription, features } = publiccode.description[language]!;
  expect(shortDescription.length).toBeLessThanOrEqual(150);
  expect(longDescription.length).toBeGreaterThanOrEqual(150);
  expect(features.length).toBeGreaterThan(0);
  expect(publiccode.localisation.availableLanguages).toContain(language);
});

it('names the version and the licence that package.json and LICENSE name', () => {
  expect(publiccode.softwareVersion).toBe(packageJson.version);
  expect(publiccode.legal.license).toBe(packageJson.license);
  expect(existsSync('LICENSE')).toBe(true);
  expect(readFileSync('LICENSE', 'utf8')).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\n/);
});

it('names people where it says that people maintain it', () => {
  const { type, contacts = [] } = publiccode.maintenance;
  expect(['internal', 'community'].includes(type)).toBe(contacts.length > 0);
});
