// node init.mjs FILE: makes FILE (data/dynamic-security.json) with Cordon's own accounts and roles, or brings them up to
// date in it; the tags' accounts, which the gateway makes at run time, are left as they are. Run it while the broker is
// stopped: a running broker keeps the accounts in memory and writes them back. The file is touched only when it changes.
//
//   CORDON_BROKER_GATEWAY_PASSWORD, CORDON_BROKER_INGEST_PASSWORD   or the same with _FILE: a file that holds it
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const LIVE = 'cordon/v1/live/#'
const CONTROL = '$CONTROL/dynamic-security/#'

/** What each account of a service may publish and subscribe to. Nothing else: see `defaultACLAccess` below. */
const ROLES = {
  admin: {
    publish: [CONTROL, LIVE, 'cordon/v1/tags/+/commands'],
    subscribe: [CONTROL, LIVE, '$SYS/#'],
  },
  ingest: {
    publish: [LIVE],
    subscribe: [
      'cordon/v1/tags/+/fixes',
      'cordon/v1/tags/+/events',
      'cordon/v1/tags/+/status',
      'cordon/v1/tags/+/acks',
      'owntracks/#',
      'traccar/positions',
      LIVE,
    ],
  },
}
// No tag can be given one of these names: a tag id holds no dot.
const ACCOUNTS = [
  { username: 'cordon.gateway', role: 'admin', variable: 'CORDON_BROKER_GATEWAY_PASSWORD' },
  { username: 'cordon.ingest', role: 'ingest', variable: 'CORDON_BROKER_INGEST_PASSWORD' },
]

// Receiving has rules of its own, beside subscribing: a right that is taken away ends with the next message.
const EMPTY = {
  defaultACLAccess: { publishClientSend: false, publishClientReceive: false, subscribe: false, unsubscribe: true },
  clients: [],
  groups: [],
  roles: [],
}

// The plugin's own number. The broker checks a password on its one thread at every connection, and these passwords are
// random: 32 bytes need no stretching.
const ITERATIONS = 101
const MIN_PASSWORD_CHARACTERS = 24

const allow = (acltype, topic) => ({ acltype, topic, priority: 0, allow: true })
const hash = (password, salt, iterations) => pbkdf2Sync(password, salt, iterations, 64, 'sha512').toString('base64')

function readPassword(variable) {
  const file = process.env[`${variable}_FILE`]
  const password = file === undefined ? process.env[variable] : readFileSync(file, 'utf8').trimEnd()
  if (password === undefined || password.length < MIN_PASSWORD_CHARACTERS) {
    throw new Error(`${variable} or ${variable}_FILE must give at least ${MIN_PASSWORD_CHARACTERS} characters`)
  }
  return password
}

function role(rolename, { publish, subscribe }) {
  const acls = [
    ...publish.map(topic => allow('publishClientSend', topic)),
    ...subscribe.map(topic => allow('subscribePattern', topic)),
    ...subscribe.map(topic => allow('publishClientReceive', topic)),
  ]
  return { rolename, acls }
}

const hasPassword = (client, password) =>
  client.password === hash(password, Buffer.from(client.salt, 'base64'), client.iterations)

/** The account as it stands when it is right, else a new one. */
function account({ username, role: rolename, variable }, known) {
  const password = readPassword(variable)
  const isRight = known?.roles.some(held => held.rolename === rolename) && hasPassword(known, password)
  if (isRight) return known
  const salt = randomBytes(12)
  return {
    username,
    textname: 'One of Cordon’s own services',
    password: hash(password, salt, ITERATIONS),
    salt: salt.toString('base64'),
    iterations: ITERATIONS,
    roles: [{ rolename, priority: 0 }],
  }
}

/** The role as it stands when it allows the same, else as it should be: the broker writes rules in an order of its own. */
function upToDateRole(wanted, known) {
  const rules = ({ acls }) => JSON.stringify(acls.map(acl => [acl.acltype, acl.topic, acl.allow]).sort())
  return known !== undefined && rules(known) === rules(wanted) ? known : wanted
}

/** `list` with the items of `ours` in place of those of the same `key`. */
const replaceBy = (key, list, ours) => [...list.filter(item => !ours.some(own => own[key] === item[key])), ...ours]

function withOurs(before) {
  const accounts = ACCOUNTS.map(ours =>
    account(
      ours,
      before.clients.find(known => known.username === ours.username),
    ),
  )
  const roles = Object.entries(ROLES).map(([name, rights]) =>
    upToDateRole(
      role(name, rights),
      before.roles.find(known => known.rolename === name),
    ),
  )
  const isSame =
    accounts.every(ours => before.clients.includes(ours)) && roles.every(ours => before.roles.includes(ours))
  if (isSame) return before
  return {
    ...before,
    clients: replaceBy('username', before.clients, accounts),
    roles: replaceBy('rolename', before.roles, roles),
  }
}

const file = process.argv[2]
if (file === undefined) throw new Error('usage: node init.mjs FILE')
const before = existsSync(file) ? { ...EMPTY, ...JSON.parse(readFileSync(file, 'utf8')) } : EMPTY
const after = withOurs(before)
if (after !== before) {
  writeFileSync(`${file}.new`, `${JSON.stringify(after, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
process.stdout.write(`${file}: ${after === before ? 'already up to date' : 'written'}\n`)
