/** A certificate for this machine's nodes, made for one test. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly pem: { readonly key: string; readonly certificate: string };
  /** What a client is to trust. */
  readonly caFile: string;
}

export async function makeCertificate(folder: string): Promise<Certificate> {
  const names = { type: 2, value: 'localhost' } as const;
  const address = { type: 7, ip: '127.0.0.1' } as const;
  const made = await generate([{ name: 'commonName', value: 'eventstoredb-node' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [names, address] },
    ],
  });
  const caFile = join(folder, 'ca.crt');
  writeFileSync(caFile, made.cert);
  return { pem: { key: made.private, certificate: made.cert }, caFile };
}
