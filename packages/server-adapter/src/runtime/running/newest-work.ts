import type { TaskCatalog } from '@brandkit/core'
import { processWide } from '../../process-wide.js'
import type { Generator } from './generator.js'

/** What a worker can run. */
export interface Work {
  catalog: TaskCatalog
  generators: ReadonlyMap<string, Generator<never>>
  knownTypes: readonly string[]
  /** The version of the payload that each type's generator takes. */
  typeVersions: ReadonlyMap<string, number>
}

/**
 * What the worker is to run at its next claim. While an app is developed (`NODE_ENV=development`), a changed module is
 * evaluated again and makes a server of its own, and the worker that runs knows nothing of it: so for each place the newest
 * server's generators win, and types that only earlier ones have stay.
 *
 * Anywhere else a server runs what it was made with: two servers on one database may well be two apps.
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
