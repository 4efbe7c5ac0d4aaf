// A registry mirror that lacks a tool's build for some other platform makes npm write a lock file without it, and `npm ci`
// then refuses that lock file everywhere. This adds the entries that npm would have written: name, version, os, cpu, optional. An npm
// that is set to leave out where a package comes from would leave out what the lock file is for: that is added as well.
// Run after every `npm install`: node .ci/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const OS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix']
const CPU = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32']

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = []
const addressOf = (name, version) => `https://registry.npmjs.org/${name}/-/${name.split('/').at(-1)}-${version}.tgz`
let addressed = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`
    if (!path || key in lock.packages || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) continue
    const words = name.split(/[/-]/)
    const os = OS.filter(o => words.includes(o))
    const cpu = CPU.filter(c => words.includes(c))
    if (os.length === 0) continue
    lock.packages[key] = {
      version,
      resolved: addressOf(name, version),
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(entry.dev ? { dev: true } : {}),
      ...(name.includes('musl') ? { libc: ['musl'] } : {}),
      optional: true,
      os,
    }
    added.push(name)
  }
}
for (const [path, entry] of Object.entries(lock.packages)) {
  const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
  if (name === undefined || entry.link || entry.resolved || !entry.version) continue
  const { version, ...others } = entry
  lock.packages[path] = { version, resolved: addressOf(entry.name ?? name, version), ...others }
  addressed++
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${added.length} platform packages and ${addressed} addresses added`)
