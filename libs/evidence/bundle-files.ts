/** The files that every evidence bundle carries unchanged: the verifier in Python, and what it proves, in two languages. */

import { readFileSync } from 'node:fs';

/** As they are called here and in the bundle. */
export const carriedFiles = ['verify.py', 'README.fr.md', 'README.en.md'] as const;

/** They lie beside this file: in the sources as in the build. */
export function carriedFile(name: (typeof carriedFiles)[number]): Buffer {
  return readFileSync(new URL(name, import.meta.url));
}
