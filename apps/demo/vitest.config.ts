import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { basename } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest end-to-end tests come first, so that no long test runs alone at the end on one core. */
const FIRST = ['media-plan', 'scale-out', 'sections', 'studio', 'kill', 'start', 'operations']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's own order, and not an array's
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const index = FIRST.indexOf(basename(moduleId, '.test.ts'))
  return index === -1 ? FIRST.length : index
}

const shape = {
  ...testTimes,
  // Each end-to-end file starts a browser or servers and a database, and spends a third of its time waiting: three files
  // fill two cores. Every file has its own ports, data folders and databases.
  maxWorkers: 3,
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { ...source, test: { ...shape, ...sharedWorkers, name: 'demo', include: ['{server,src}/**/*.test.{ts,tsx}'] } },
      { ...source, test: { ...shape, name: 'demo:e2e', include: ['e2e/**/*.test.ts'] } },
    ],
  },
})
