import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Router } from 'wouter'
import { Places } from './app.tsx'
import { SECTIONS } from './sections/sections.ts'

function shownAt(path: string): string {
  return renderToStaticMarkup(
    <Router ssrPath={path}>
      <Places
        renderOverview={() => 'overview'}
        renderHistory={() => 'history'}
        renderOperations={() => 'operations'}
        renderBatch={(batchId) => `batch ${batchId}`}
        renderSection={(section, { isFormOpen }) => `${section.path}${isFormOpen ? ' form' : ''}`}
        renderTask={(section, taskId) => `${section.path} task ${taskId}`}
      />
    </Router>,
  )
}

describe('an address', () => {
  it('shows the overview first', () => {
    expect(shownAt('/')).toBe('overview')
  })

  it('is there for each of the ten sections, with and without a slash at the end', () => {
    expect(SECTIONS).toHaveLength(10)
    for (const { path } of SECTIONS) {
      expect(shownAt(`/${path}`)).toBe(path)
      expect(shownAt(`/${path}/`)).toBe(path)
    }
  })

  it('is there for a form', () => {
    expect(shownAt('/brand-kit/new')).toBe('brand-kit form')
  })

  it('is there for each task, by its id', () => {
    expect(shownAt('/media-plan/0198')).toBe('media-plan task 0198')
  })

  it('is there for history, a batch and operations', () => {
    expect(shownAt('/history')).toBe('history')
    expect(shownAt('/batch/0199')).toBe('batch 0199')
    expect(shownAt('/ops')).toBe('operations')
  })

  it('that is none says so', () => {
    for (const path of ['/nowhere', '/media-plan/0198/edit', '/history/1', '/ops/1', '/batch', '/toString'])
      expect(shownAt(path)).toContain('<h1')
  })
})
