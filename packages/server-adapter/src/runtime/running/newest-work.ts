import type { TaskCatalog } from '@brandkit/core'
import { processWide } from '../../process-wide.js'
import type { Generator } from './generator.js'

/** The task types and generators of a worker. */
export interface Work {
  catalog: TaskCatalog
  generators: ReadonlyMap<string, Generator<never>>
  knownTypes: readonly string[]
  /** The payload version that each type's generator takes. */
  typeVersions: ReadonlyMap<string, number>
}

/**
 * Tells a worker what to run at its next claim. In development (`NODE_ENV=development`), a changed module is evaluated again
 * and makes a new server, but the old worker goes on running. Therefore the newest server's generators replace the earlier
 * ones of the same place; types that only earlier servers have stay.
 *
 * Outside development, a server runs only its own generators, because two servers on one database may be two apps.
 */
export function newestWork(place: string | undefined, own: Pick<Work, 'catalog' | 'generators'>): () => Work {
  const work = toWork(own)
  if (place === undefined || process.env['NODE_ENV'] !== 'development') return () => work
  const works = processWide<Work>('work/1')
  const earlier = works.get(place)
  const generators = new Map([...(earlier?.generators ?? []), ...own.generators])
  works.set(place, toWork({ catalog: { ...earlier?.catalog, ...own.catalog }, generators }))
  return () => works.get(place) ?? work
}

function toWork({ catalog, generators }: Pick<Work, 'catalog' | 'generators'>): Work {
  const knownTypes = [...generators.keys()]
  const typeVersions = new Map(knownTypes.map((type) => [type, catalog[type]?.version ?? 1]))
  return { catalog, generators, knownTypes, typeVersions }
}
