// Makes a fresh clone runnable: installs the locked dependencies when they are missing, builds when a source is newer than the build.
// With --browser, for the tests, installs Debian's Chromium where there is no browser and it may.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const changed = (path) => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0);

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (entry.isFile())
      latest = Math.max(latest, changed(join(folder, entry.parentPath.slice(join(root, folder).length), entry.name)));
  }
  return latest;
}

function run(command, ...words) {
  // what is said here goes to the error stream: a command's own answer may be read by a program
  const { status } = spawnSync(command, words, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
  console.error('First start: installing the dependencies (npm ci). It takes one to three minutes.');
  run('npm', 'ci', '--no-progress');
}
const sources = Math.max(
  newest('src'),
  newest('libs'),
  newest('test/bench'),
  newest('test/eventstoredb'),
  newest('test/evidence'),
  changed('tsconfig.json'),
  changed('tsconfig.build.json'),
  changed('package-lock.json'),
);
if (!existsSync(join(root, 'dist/src/main.js')) || changed('dist/.tsbuildinfo') < sources)
  run('npm', 'run', '-s', 'build');

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const isThere = (program) => spawnSync(program, ['--version'], { stdio: 'ignore', env: process.env }).status === 0;

if (process.argv.includes('--browser') && !process.env['CHROME_PATH'] && !browsers.some(isThere)) {
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.error('The browser specs need a browser: installing Debian’s chromium. It takes a minute or two.');
    const quietly = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update'], quietly);
    spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], quietly);
  }
  if (!browsers.some(isThere)) console.error('Not run: test/browser (no Chromium or Chrome; CHROME_PATH names one).');
}
