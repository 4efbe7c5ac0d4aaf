// readme.mjs: does what the README says, word for word. Starts `npm start -- --no-demo`, runs the shell blocks of "Send it a fix"
// with the token that the terminal shows, and asks for the three incidents that they promise. Needs ports 8080 and 1883.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const readme = readFileSync('README.md', 'utf8')
const section = readme.slice(readme.indexOf('## Send it a fix'), readme.indexOf('## Listen to it'))
const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block)
if (blocks.length !== 3) throw new Error(`the README's section has ${blocks.length} shell blocks, not 3`)

const dataDir = mkdtempSync(join(tmpdir(), 'cordon-readme-'))
const cordon = spawn('npm', ['start', '--', '--no-demo'], {
  detached: true,
  env: { ...process.env, CORDON_DATA_DIR: dataDir },
  stdio: ['ignore', 'pipe', 'inherit'],
})
let shown = ''
cordon.stdout.on('data', chunk => {
  shown += chunk
})

try {
  const token = await readToken()
  const script = blocks.join('\n').replace(/^export TOKEN=.*$/m, `export TOKEN=${token}`)
  const { status, stdout } = spawnSync('bash', ['-euo', 'pipefail', '-c', `${script}\nsleep 2\n`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`the README's commands ended with ${status}:\n${stdout}`)
  const answer = await fetch('http://localhost:8080/api/v1/incidents', {
    headers: { authorization: `Bearer ${token}` },
  })
  const { items } = await answer.json()
  const tags = items.filter(({ kind }) => kind === 'exclusion-breach').map(({ tagId }) => tagId)
  const wanted = ['867530900012345', 'jo/phone', 'tag-1']
  if (String(tags.sort()) !== String(wanted))
    throw new Error(`breaches of ${wanted.join()} were promised, there are those of ${String(tags)}`)
  console.log(`the README's commands raised one breach each for ${wanted.join(', ')}`)
} finally {
  process.kill(-(cordon.pid ?? 0), 'SIGTERM') // npm and all that it started
  await new Promise(resolve => cordon.once('close', resolve))
  rmSync(dataDir, { recursive: true, force: true })
}

async function readToken() {
  for (let waited = 0; waited < 120_000; waited += 200) {
    const [, token] = /API token +(\S+)/.exec(shown) ?? []
    if (token) return token
    if (cordon.exitCode !== null) break
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error(`npm start did not come up:\n${shown}`)
}
