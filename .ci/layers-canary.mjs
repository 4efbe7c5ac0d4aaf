// A tree of wrong imports in a temporary folder, shaped like the real one: one wrong import for every rule.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const WRONG = [
  { rule: 'rank-0', from: 'packages/contract/src/a.ts', imports: '@cordon/geofence' },
  { rule: 'rank-1', from: 'packages/codec/src/a.ts', imports: '@cordon/geofence' },
  { rule: 'rank-1', from: 'packages/runtime/src/a.ts', imports: '@cordon/store' },
  { rule: 'rank-2', from: 'packages/store/src/a.ts', imports: '@cordon/live' },
  { rule: 'rank-2', from: 'packages/live/src/a.ts', imports: '../../../services/ingest/src/main.ts' },
  { rule: 'watch-knows-contract-and-geofence', from: 'packages/watch/src/a.ts', imports: '@cordon/runtime' },
  { rule: 'services-stand-alone', from: 'services/gateway/src/a.ts', imports: '../../ingest/src/main.ts' },
  { rule: 'testkit-for-tests', from: 'services/ingest/src/b.ts', imports: '@cordon/testkit' },
  { rule: 'tests-are-not-imported', from: 'packages/live/src/b.ts', imports: './c.test.ts' },
  {
    rule: 'testkit-below-services',
    from: 'packages/testkit/src/a.ts',
    imports: '../../../services/ingest/src/main.ts',
  },
  { rule: 'load-tests-import-packages', from: 'load-tests/src/a.ts', imports: '../../services/ingest/src/main.ts' },
  { rule: 'pg-in-store', from: 'services/gateway/src/b.ts', imports: 'pg' },
  { rule: 'simulator-knows-no-zone', from: 'services/simulator/src/a.ts', imports: '@cordon/geofence' },
  { rule: 'console-imports-contract', from: 'services/console/src/a.tsx', imports: '@cordon/geofence' },
  { rule: 'browser-safe', from: 'services/console/src/b.tsx', imports: 'node:fs' },
  { rule: 'pure-no-node', from: 'packages/watch/src/b.ts', imports: 'node:fs' },
  { rule: 'pure-no-io-library', from: 'packages/geofence/src/a.ts', imports: 'mqtt' },
  { rule: 'contract-imports-schema-library', from: 'packages/contract/src/b.ts', imports: 'pg' },
  { rule: 'no-development-dependency', from: 'packages/runtime/src/b.ts', imports: 'fast-check' },
  { rule: 'no-cycle', from: 'packages/runtime/src/c.ts', imports: './d.ts' },
  { rule: 'resolvable', from: 'packages/runtime/src/e.ts', imports: './nowhere.ts' },
  { rule: 'no-orphan', from: 'packages/runtime/src/f.ts', imports: undefined },
]

const PACKAGES = ['contract', 'codec', 'geofence', 'runtime', 'watch', 'store', 'live', 'embedded', 'testkit']
const LIBRARIES = ['pg', 'mqtt', 'fast-check']

function write(root, file, text) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

function writeManifests(root) {
  for (const name of PACKAGES) {
    const exports = { '.': { '@cordon/source': './src/index.ts' } }
    const manifest = { name: `@cordon/${name}`, exports, devDependencies: { 'fast-check': '*' } }
    write(root, `packages/${name}/package.json`, JSON.stringify(manifest))
    write(root, `packages/${name}/src/index.ts`, 'export {}\n')
    mkdirSync(path.join(root, 'node_modules/@cordon'), { recursive: true })
    symlinkSync(path.join(root, 'packages', name), path.join(root, 'node_modules/@cordon', name))
  }
  for (const name of LIBRARIES) {
    write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(root, `node_modules/${name}/index.js`, 'module.exports = {}\n')
  }
}

function writeSources(root) {
  write(root, 'services/ingest/src/main.ts', 'export {}\n')
  write(root, 'packages/live/src/c.test.ts', 'export {}\n')
  write(root, 'packages/runtime/src/d.ts', "import './c.ts'\n")
  // `import type` has to be caught as well: half of the wrong imports are made so
  WRONG.forEach(({ from, imports }, index) => {
    const importing =
      index % 2 === 0 ? `import * as x from '${imports}'\nvoid x\n` : `import type * as x from '${imports}'\n`
    write(root, from, imports === undefined ? 'export {}\n' : `${importing}export {}\n`)
  })
}

/** Cruises the wrong tree; answers which rules caught theirs and which wrong imports got through. */
export async function cruiseWrongImports(cruiseTree) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'cordon-layers-')))
  try {
    writeManifests(root)
    writeSources(root)
    const { broken } = await cruiseTree(root)
    const isCaught = wrong => broken.some(({ rule, from }) => rule.name === wrong.rule && from === wrong.from)
    return { rules: new Set(WRONG.filter(isCaught).map(w => w.rule)), missed: WRONG.filter(w => !isCaught(w)) }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
