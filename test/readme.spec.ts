/** The README's commands do what the README says, run as it writes them on the built product. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const readme = readFileSync('README.md', 'utf8');
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;

/** The fenced blocks of a section, in order. */
function blocks(heading: string, language: string): string[] {
  const section = readme.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  return Array.from(
    section.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm')),
    (match) => match[1]!,
  );
}

interface Holder {
  readonly serving?: { readonly url: string };
}

async function servedUrl(dataDir: string): Promise<string> {
  for (;;) {
    try {
      const { serving } = JSON.parse(readFileSync(join(dataDir, 'holder.json'), 'utf8')) as Holder;
      if (serving !== undefined) return serving.url;
    } catch {
      // not there yet
    }
    await pause(50);
  }
}

describe('On a fresh clone, as the README says', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ledger-readme-'));
  const env = { ...process.env, LEDGER_DATA_DIR: dataDir, PORT: '0' };
  let server: ChildProcess | undefined;

  const shell = (script: string) =>
    spawnSync('bash', ['--norc', '--noprofile', '-euo', 'pipefail', '-c', script], { env, encoding: 'utf8' });

  afterAll(async () => {
    if (server !== undefined) {
      process.kill(-server.pid!, 'SIGTERM');
      await once(server, 'exit');
    }
    rmSync(dataDir, { recursive: true });
  });

  it('one command runs the ledger and one tests it; each prepares the machine first', () => {
    expect(blocks('Run it', 'sh')).toEqual(['npm start\n']);
    expect(blocks('Test it', 'sh')).toEqual(['npm test\n']);
    expect([scripts['prestart'], scripts['pretest']]).toEqual([
      'node tools/prepare-machine.mjs',
      'node tools/prepare-machine.mjs --browser',
    ]);
  });

  it('the first payment is recorded and gives the very answer that is printed', () => {
    const [commands] = blocks('A first payment', 'sh');
    const { stdout, stderr, status } = shell(commands!);
    expect({ stdout, stderr, status }).toEqual({
      stdout: blocks('A first payment', 'text')[0]!,
      stderr: '',
      status: 0,
    });
  }, 60_000);

  it('npm start serves, and a token of one’s own records over HTTP', async () => {
    server = spawn('npm', ['start'], { env, stdio: 'ignore', detached: true });
    const url = await servedUrl(dataDir);
    const script = blocks('A first payment', 'sh')[1]!.replace('http://127.0.0.1:2760', url);
    const { stdout, status } = shell(script);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      paymentId: 'P-2',
      shares: [{ amountCents: 3333 }, { amountCents: 3334 }, { amountCents: 3333 }],
    });
  }, 60_000);
});
