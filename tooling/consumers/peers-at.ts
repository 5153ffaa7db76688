import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare } from 'semver'
import type { Project } from './create-project.js'

export type Edge = (typeof EDGES)[number]
export const EDGES = ['lowest', 'newest'] as const

export interface Peer {
  name: string
  /** What npm is asked for: one version, or a range. */
  range: string
}

interface Manifest {
  name: string
  exports: Record<string, string | Record<string, unknown>>
  peerDependencies?: Record<string, string>
}

const PACKAGES = join(import.meta.dirname, '../../packages')
const manifests = ['client', 'core', 'react', 'server-adapter'].map(
  (name) => JSON.parse(readFileSync(join(PACKAGES, name, 'package.json'), 'utf8')) as Manifest,
)

/** Every peer of our packages, at one edge of its range. The lowest version is the first that was published. */
export function peersAt(edge: Edge, project: Project): Promise<Peer[]> {
  const peers = manifests.flatMap(({ peerDependencies = {} }) => Object.entries(peerDependencies))
  return Promise.all(
    peers.map(async ([name, range]) => ({
      name,
      range: edge === 'newest' ? range : await lowestOf(`${name}@${range}`, project),
    })),
  )
}

async function lowestOf(spec: string, project: Project): Promise<string> {
  const versions = JSON.parse(await project.run('npm', ['view', spec, 'version', '--json'])) as string | string[]
  const [lowest] = [versions].flat().toSorted(compare)
  if (lowest === undefined) throw new Error(`No version of ${spec} is published.`)
  return lowest
}

/** Doors of our packages that import in Node only beside something else: a service worker, and a suite of vitest. */
const ELSEWHERE = new Set(['@brandkit/react/push-worker', '@brandkit/server-adapter/testing'])

/** The names under which programs import our packages: those with types, or those that Node runs. */
export function doorsOf(reader: 'types' | 'node'): string[] {
  const doors = manifests.flatMap(({ name, exports }) =>
    Object.keys(exports)
      .filter((door) => !/\.(json|css)$/.test(door))
      .map((door) => `${name}${door.slice(1).replace('*', 'de')}`),
  )
  return reader === 'types' ? doors : doors.filter((door) => !ELSEWHERE.has(door))
}
