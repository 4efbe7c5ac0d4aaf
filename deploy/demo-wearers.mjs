// node deploy/demo-wearers.mjs FOLDER: registers the simulated wearers of FOLDER/population.json, which the simulator wrote,
// over HTTP, and leaves their tags' credentials in FOLDER/credentials.json, which the simulator reads. Once: with credentials
// there already, nothing is done.
//
//   CORDON_API_URL, CORDON_ADMIN_TOKEN_FILE
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createRegisterApi } from '../services/local/dist/demo/register-api.js'
import { seedDemo } from '../services/local/dist/demo/seed-demo.js'

const [, , folder] = process.argv
if (folder === undefined) throw new Error('usage: node deploy/demo-wearers.mjs FOLDER')
const credentials = path.join(folder, 'credentials.json')
if (!existsSync(credentials)) {
  const token = readFileSync(process.env.CORDON_ADMIN_TOKEN_FILE, 'utf8').trimEnd()
  const population = JSON.parse(readFileSync(path.join(folder, 'population.json'), 'utf8'))
  const made = await seedDemo(createRegisterApi(process.env.CORDON_API_URL, token), population)
  // Whole or not at all: its presence says that the wearers are registered.
  writeFileSync(`${credentials}.part`, JSON.stringify(made), { mode: 0o600 })
  renameSync(`${credentials}.part`, credentials)
}
