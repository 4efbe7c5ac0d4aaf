// node deploy/demo-wearers.mjs FOLDER: registers the simulated wearers of FOLDER/population.json, which the simulator wrote,
// over HTTP, and leaves their tags' credentials in FOLDER/credentials.json, which the simulator reads. Once: with credentials
// there already, nothing is done.
//
//   CORDON_API_URL, CORDON_ADMIN_TOKEN_FILE
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readAttempt, writeWhole } from '../services/local/dist/demo/attempt.js'
import { createRegisterApi } from '../services/local/dist/demo/register-api.js'
import { seedDemo } from '../services/local/dist/demo/seed-demo.js'

const [, , folder] = process.argv
if (folder === undefined) throw new Error('usage: node deploy/demo-wearers.mjs FOLDER')
const credentials = path.join(folder, 'credentials.json')
if (!existsSync(credentials)) {
  const token = readFileSync(process.env.CORDON_ADMIN_TOKEN_FILE, 'utf8').trimEnd()
  const population = JSON.parse(readFileSync(path.join(folder, 'population.json'), 'utf8'))
  const { attempt, from } = readAttempt(path.join(folder, 'attempt.json'))
  const api = createRegisterApi({
    base: process.env.CORDON_API_URL,
    token,
    attempt,
    given: new AbortController().signal,
  })
  // Its presence says that the wearers are registered.
  writeWhole(credentials, await seedDemo(api, population, from))
}
