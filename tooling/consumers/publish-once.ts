import { publishPackages } from '@brandkit/tooling/publish-packages'
import { startRegistry } from '@brandkit/tooling/start-registry'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The `.npmrc` of a project that takes `@brandkit/*` from the registry of this run. */
    npmrc: string
  }
}

/** Publishes the packages, as they are built, to a registry on this machine, once for all consumer tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const registry = await startRegistry()
  await publishPackages(registry)
  project.provide('npmrc', registry.npmrc)
  return () => registry.stop()
}
