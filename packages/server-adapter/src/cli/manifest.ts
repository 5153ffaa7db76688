import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What the commands read of a package.json. */
export interface Manifest {
  version: string
  homepage: string
  peerDependencies: Record<string, string>
}

// The package is asked for by its name, because the build decides in which file this code lies.
const require = createRequire(import.meta.url)

/** The package.json of this package. */
export function readManifest(): Manifest {
  return read(require.resolve('@brandkit/server-adapter/package.json'))
}

/**
 * The version of a package as this package finds it: in the folders `node_modules` from here up. Undefined when it is not
 * installed. Its own package.json is often not among its exports.
 */
export function versionOf(name: string): string | undefined {
  const places = require.resolve.paths(name) ?? []
  const found = places.map((place) => join(place, name, 'package.json')).find((file) => existsSync(file))
  return found === undefined ? undefined : read(found).version
}

function read(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest
}
