import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TASK_ERRORS } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { codes, fillPage } from '../build/fill-pages.ts'
import { root } from '../build/repository.ts'

const page = readFileSync(join(root, 'docs/guide/troubleshooting.md'), 'utf8')
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0], section]),
)

describe('the page on troubleshooting', () => {
  it('has a section for each code of the table, and no other', () => {
    expect(new Set(sections.keys())).toEqual(new Set(Object.keys(TASK_ERRORS)))
  })

  it.each(codes())('says cause and cure of %s', (code) => {
    expect(sections.get(code)).toMatch(/^\*\*Cause\.\*\* .{20,}/m)
    expect(sections.get(code)).toMatch(/^\*\*Cure\.\*\* .{10,}/m)
  })

  it('shows what the table says, on the site', () => {
    const filled = fillPage(page)
    expect(filled).toContain('| [`task_gone`](#task_gone) | 410 | – | The task was removed |')
    expect(filled).toContain(
      '### store_unavailable\n\n_The task store cannot be reached._ HTTP 503; the same request may',
    )
    expect(filled).not.toContain('when the site is built')
  })
})
