import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const files = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname })
  .filter((file) => !/\.(test|test-d|stories|bench)\./.test(file) && !/^(testing|stories)[/.]/.test(file))
  .map((file) => ({ file, source: readFileSync(join(import.meta.dirname, file), 'utf8') }))

const isMarked = ({ source }: { source: string }) => source.startsWith("'use client'\n")
/** Files that call a hook or create a context need the directive. */
const needsClient = ({ source }: { source: string }) => /\b(use[A-Z]\w*|createContext)\(/.test(source)

describe("'use client'", () => {
  it('stands in every module that React Server Components may not run', () => {
    const missing = files.filter((each) => needsClient(each) && !isMarked(each)).map(({ file }) => file)
    expect(missing).toEqual([])
    expect(files.filter(isMarked).length).toBeGreaterThan(20)
  })

  it('does not stand in the entry, the queries and the labels, which a server imports', () => {
    const marked = files.filter(isMarked).map(({ file }) => file)
    expect(marked.filter((file) => /^(index\.ts|queries\/|labels\/|locales\/)/.test(file))).toEqual([])
  })
})
