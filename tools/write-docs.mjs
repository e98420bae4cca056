// Writes the reference pages under docs/ from the built code: `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsPage, rejectionsPage } from '../dist/src/reference.js';

const root = join(import.meta.dirname, '..');
const example = (type) => JSON.parse(readFileSync(join(root, 'test/fixtures/events', `${type}.json`), 'utf8'));
writeFileSync(join(root, 'docs/rejections.md'), rejectionsPage());
writeFileSync(join(root, 'docs/events.md'), eventsPage(example));
