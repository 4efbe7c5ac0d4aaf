// node .ci/check-compose.mjs SCHEMA: docker-compose.yml against the Compose specification's JSON schema, and against this
// tree, which has to be built: what it mounts, runs and reads as a secret has to exist, every setting has to be one that its
// service takes, every address one that somebody listens on. No container engine is needed, and none has been: it is text.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { parse } from 'yaml'
import { renderAccounts } from '../packages/jetstream/dist/index.js'
import { checkPorts } from './compose/ports.mjs'
import { checkCluster, checkSettings } from './compose/settings.mjs'

const faults = []
const schemaFile = process.argv[2]
if (schemaFile === undefined) throw new Error('usage: node .ci/check-compose.mjs SCHEMA')

// The schema carries marks of older dialects (`id`, its own spelling of `$schema`), which its references do not need, and
// names formats (ports, duration) that only Docker's tools define: those are not checked.
const { $schema: _dialect, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'))
const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).removeKeyword('id')
const validate = ajv.compile(schema)
const isValid = document => validate(document)
const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true })
const services = Object.entries(compose.services)

function checkSchema() {
  if (!isValid(compose)) {
    for (const { instancePath, message } of validate.errors) faults.push(`schema: ${instancePath || '/'} ${message}`)
  }
  // Canaries: a schema that refuses nothing would have accepted the file too.
  const wrong = [
    { ...compose, services: { a: { image: 1 } } },
    { ...compose, services: { a: { image: 'a', helthcheck: {} } } },
    { ...compose, services: { a: { image: 'a', depends_on: { b: { condition: 'well' } } } } },
  ]
  for (const document of wrong) {
    if (isValid(document)) faults.push(`schema: accepted a wrong document: ${JSON.stringify(document.services)}`)
  }
}

/** Everything that a service names inside the file or the tree has to be there. */
function checkService(name, service) {
  const missing = what => faults.push(`${name}: ${what}`)
  for (const secret of service.secrets ?? []) if (!(secret in compose.secrets)) missing(`no secret ${secret}`)
  const networks = Array.isArray(service.networks) ? service.networks : Object.keys(service.networks ?? {})
  for (const network of networks) if (!(network in compose.networks)) missing(`no network ${network}`)
  for (const other of Object.keys(service.depends_on ?? {}))
    if (!(other in compose.services)) missing(`no service ${other}`)
  for (const [variable, value] of Object.entries(service.environment ?? {})) {
    const secret = /^\/run\/secrets\/(.+)$/.exec(String(value))?.[1]
    if (secret !== undefined && !service.secrets?.includes(secret))
      missing(`${variable} reads a secret that is not mounted`)
    if (secret === undefined && /(PASSWORD|TOKEN|SECRET)$/.test(variable)) missing(`${variable} stands in the file`)
  }
  if (!service.image.includes(':') || service.image.endsWith(':latest')) missing('its image is not pinned')
  if (!service.read_only) missing('its file system is writable')
  if (!service.cap_drop?.includes('ALL')) missing('it keeps capabilities')
  const script = service.command?.[0] === 'node' ? service.command.find(word => /\.m?js$/.test(word)) : undefined
  const source = script?.replace('/dist/', '/src/').replace(/(?<=\/src\/.*)\.js$/, '.ts')
  if (source !== undefined && !existsSync(source)) missing(`${source} does not exist`)
}

/** Secrets and mounted files, and what is read from them: made in a temporary folder by the script that people run. */
function checkFiles() {
  const made = mkdtempSync(path.join(tmpdir(), 'cordon-secrets-'))
  try {
    execFileSync(path.resolve('deploy/make-secrets.sh'), ['localhost'], {
      env: { ...process.env, CORDON_SECRETS_DIR: made },
      stdio: 'pipe',
    })
    const local = file => file.replace(/^\.\/deploy\/secrets/, made)
    for (const [name, { file }] of Object.entries(compose.secrets))
      if (!existsSync(local(file))) faults.push(`secret ${name}: ${file} is not made`)
    for (const [name, service] of services) {
      for (const volume of service.volumes ?? []) {
        const source = volume.split(':')[0]
        if (source.startsWith('.') ? !existsSync(local(source)) : !(source in compose.volumes))
          faults.push(`${name}: no ${source} to mount`)
      }
      faults.push(...checkSettings(name, service, (...place) => placeOf(local, ...place)))
    }
    faults.push(...checkPorts(compose, made))
    checkNatsServer(made)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

/** Where a path of a service's container is here; a volume's is itself. */
function placeOf(local, service, inside) {
  const secret = service.secrets?.find(name => inside === `/run/secrets/${name}`)
  if (secret !== undefined) return local(compose.secrets[secret].file)
  const mounts = (service.volumes ?? []).map(volume => volume.split(':'))
  const [source, target] = mounts.find(([, to]) => inside === to || inside.startsWith(`${to}/`)) ?? []
  if (source === undefined) return undefined
  return source.startsWith('.') ? local(source) + inside.slice(target.length) : inside
}

/** The servers' configuration as the server itself reads it. */
function checkNatsServer(made) {
  const site = readFileSync('deploy/nats/compose/site.conf', 'utf8')
  const services = { ingest: 'i', live: 'l', system: 's' }
  copyFileSync('deploy/nats/nats-server.conf', `${made}/nats-server.conf`)
  writeFileSync(`${made}/site.conf`, site.replaceAll('/etc/nats/certs', `${made}/broker/server`))
  writeFileSync(`${made}/accounts.conf`, renderAccounts({ partitions: 8, services, users: [] }))
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, NATS_NAME: 'nats-1' }
  const { status, stderr } = spawnSync('nats-server', ['-t', '-c', `${made}/nats-server.conf`], {
    env,
    encoding: 'utf8',
  })
  if (status !== 0) faults.push(`nats-server refuses its configuration: ${stderr}`)
}

/** `npm ci` in the image needs the manifest of every workspace. */
function checkDockerfile() {
  const dockerfile = readFileSync('deploy/Dockerfile', 'utf8')
  const manifests = execFileSync('git', ['ls-files', '*/package.json'], { encoding: 'utf8' }).trim().split('\n')
  for (const manifest of manifests) {
    if (!dockerfile.includes(`COPY ${manifest} `)) faults.push(`deploy/Dockerfile does not copy ${manifest}`)
  }
}

checkSchema()
for (const [name, service] of services) checkService(name, service)
checkFiles()
faults.push(...checkCluster(services.filter(([, { profiles }]) => profiles?.includes('nats'))))
checkDockerfile()
for (const fault of faults) console.error(fault)
console.log(`compose: ${services.length} services, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
