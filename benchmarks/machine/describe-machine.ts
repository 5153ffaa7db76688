import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** The conditions of a run. A number says nothing without them. */
export interface Conditions {
  /** ISO 8601. */
  date: string
  machine: {
    cpu: string
    cores: number
    memoryGb: number
    system: string
  }
  /** Node, servers and packages. */
  versions: Record<string, string>
}

export interface DescribeMachineOptions {
  packages?: readonly string[]
  /** Versions that the database servers report. */
  servers?: Record<string, string>
}

export function describeMachine({ packages = [], servers = {} }: DescribeMachineOptions = {}): Conditions {
  return {
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      memoryGb: Math.round(totalmem() / 2 ** 30),
      system: `${platform()} ${release().split('-')[0]} ${arch()}`,
    },
    versions: {
      node: process.versions.node,
      ...servers,
      ...Object.fromEntries([...new Set(packages)].toSorted().map((name) => [name, versionOf(name)])),
    },
  }
}

/** Not by `require`, because many packages do not export their manifest. */
function versionOf(name: string): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      return (JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string }).version
    } catch {
      // The next folder up may have it.
    }
  }
  return 'not found'
}
