import { planTags, registerAll } from '../../stack/register.ts'
import { startDatabase } from '../../stack/start-database.ts'
import type { Check } from '../../verify/verify.ts'
import type { ClusterParts } from '../run-cluster.ts'
import { measureSource, type SourceFigures } from './measure-source.ts'
import { SOURCES } from './sources.ts'

export interface ThroughputResult {
  readonly parts: string
  readonly sources: readonly (SourceFigures & { readonly name: string })[]
  readonly checks: readonly Check[]
}

/** Of each source, each with as many messages under way as it may have. */
const TAGS = 300

/** The same load through Mosquitto, through one NATS server and through three, one after the other, into one ingest and one database. */
export async function runThroughput({ options, dir, lifecycle, logger, say }: ClusterParts): Promise<ThroughputResult> {
  const { embedded } = options
  const database = await lifecycle.start('database', () => startDatabase({ dir, embedded, logger }))
  const all = planTags(TAGS * SOURCES.length)
  say(`registering ${all.length} wearers`)
  await registerAll(database.store, all, { tags: all.length, zones: 4, vertices: 16 })
  const sources: (SourceFigures & { name: string })[] = []
  for (const [index, { name, start }] of SOURCES.entries()) {
    say(name)
    const tags = all.slice(index * TAGS, (index + 1) * TAGS)
    // where the run is ended early it goes with the others; a second stop does nothing
    const source = await lifecycle.start(name, () => start({ dir, tags, logger }))
    sources.push({ name, ...(await measureSource({ database, source, tags })) })
    await source.stop()
  }
  return {
    parts: `${database.description}; ${TAGS} tags each, messages of one fix, one ingest, one partition`,
    ...{ sources, checks: sources.map(verifySource) },
  }
}

function verifySource({ name, lost, doubled, losses, fixes }: SourceFigures & { readonly name: string }): Check {
  return {
    name: `${name}: every acknowledged fix is in the database exactly once`,
    isMet: lost + doubled === 0 && fixes > 0,
    detail: `${lost} lost, ${doubled} doubled; ${losses} connections of tags lost`,
  }
}
