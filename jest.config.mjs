// Stock Jest in CommonJS mode: SWC compiles our TypeScript, and the ESM-only packages Jest cannot require().
import { readdirSync, readFileSync } from 'node:fs';

function* esmPackages(dir = 'node_modules') {
  for (const name of readdirSync(dir)) {
    if (name.startsWith('@')) yield* esmPackages(`${dir}/${name}`);
    else if (!name.startsWith('.')) {
      try {
        if (JSON.parse(readFileSync(`${dir}/${name}/package.json`, 'utf8')).type === 'module')
          yield `${dir}/${name}`.replace('node_modules/', '');
      } catch {
        // a folder without a package.json
      }
    }
  }
}
// light-my-request carries its own ESM-only copy of cookie
const esm = [...new Set([...esmPackages(), 'cookie', 'content-disposition'])].join('|');

/** @param syntax views are `.tsx`, in which a cast by angle brackets would be a tag */
const compiled = (syntax) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs', importInterop: 'node' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true, ...syntax },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic', importSource: 'preact' },
      },
      keepClassNames: true,
    },
  },
];

/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/src', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  // one more than there are cores: many specs wait, for a server, a store or a network that is gone
  maxWorkers: 3,
  // a busy machine is no failure
  testTimeout: 120_000,
  transform: { '\\.tsx$': compiled({ tsx: true }), '\\.(m?js|ts)$': compiled({}) },
  transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(?:${esm})/)`],
  moduleNameMapper: { '^#libs/(.+)$': '<rootDir>/libs/$1', '^(\\.{1,2}/.*)\\.js$': '$1' },
};
