import satisfies from 'semver/functions/satisfies.js'
import { readManifest, versionOf } from '../manifest.js'
import { type Finding, findingsOf } from './finding.js'

interface UsedBackends {
  database: string | undefined
  redis: string | undefined
  /** The token. */
  qstash: string | undefined
}

const { ok, failed, skipped } = findingsOf('packages')

/** Looks whether the peers that the backends need are there, and whether all that are there have a version that goes with this package. */
export async function examinePackages(backends: UsedBackends): Promise<Finding[]> {
  const { version, peerDependencies } = readManifest()
  const needed = neededFor(backends)
  const peers = Object.entries(peerDependencies).map(([name, range]) => ({ name, range, version: versionOf(name) }))
  const there = peers.filter(({ version: own, range }) => own !== undefined && goesWith(own, range))
  const faults = peers.flatMap((peer) => faultOf(peer, needed.get(peer.name)))
  const absent = peers.flatMap(({ name, version: own }) => (own === undefined && !needed.has(name) ? name : []))
  return [
    ok('version', `@brandkit/server-adapter ${version} on Node.js ${process.versions.node}`, {
      version,
      node: process.versions.node,
    }),
    ...(there.length > 0
      ? [ok('peers', there.map(({ name, version: own }) => `${name} ${own}`).join(', '), { peers: there })]
      : []),
    ...faults,
    ...(absent.length > 0 ? [skipped('peers', `Not installed, and not needed here: ${absent.join(', ')}.`)] : []),
  ]
}

interface Peer {
  name: string
  range: string
  version: string | undefined
}

function faultOf({ name, range, version }: Peer, neededBy: string | undefined): Finding[] {
  const facts = { name, range, version: version ?? null }
  if (version === undefined) {
    if (neededBy === undefined) return []
    return [failed('peers', `${neededBy} needs ${name}, which is not installed: npm install ${name}`, facts)]
  }
  if (goesWith(version, range)) return []
  return [
    failed(
      'peers',
      `${name} ${version} does not go with this package, which needs ${range}: npm install "${name}@${range}"`,
      facts,
    ),
  ]
}

function goesWith(version: string, range: string): boolean {
  return satisfies(version, range, { includePrerelease: true })
}

/** The peers that must be there, and what needs them. */
function neededFor({ database, redis, qstash }: UsedBackends): Map<string, string> {
  const isServer = database !== undefined && /^postgres(ql)?:/i.test(database)
  const driver = isServer ? 'pg' : '@electric-sql/pglite'
  return new Map([
    ...(database ? [[driver, 'postgresStore()'] as const] : []),
    ...(redis ? (['bullmq', 'ioredis'] as const).map((name) => [name, 'bullmqQueue()'] as const) : []),
    ...(qstash ? [['@upstash/qstash', 'qstashQueue()'] as const] : []),
  ])
}
