import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Router } from 'wouter'
import { Places } from './app.tsx'
import { findSectionByPath, inWorkingOrder, SECTIONS, TASK_TITLES, toTags } from './sections/sections.ts'
import { BRAND_TASK_TYPES } from '@brandkit/core/brand-tasks'
import { newTaskSchema } from '@brandkit/core/schemas'
import { brandTasks } from '@brandkit/core'
import { brandProfile } from './sections/brand-profile.ts'
import { taskPath } from './sections/section-path.ts'
import { nextMonday } from './sections/section.ts'

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

describe('all ten for a brand', () => {
  it('are a funnel: the personas wait for the brand kit, and the media plan for the personas', () => {
    const turns = inWorkingOrder(SECTIONS)
    const waits = turns.flatMap(({ section, after = [] }) =>
      after.map((position) => [section.type, turns[position]?.section.type]),
    )
    expect(waits).toEqual([
      ['AUTO_GENERATE_PERSONAS', 'GENERATE_BRAND_KIT'],
      ['GENERATE_MEDIA_PLAN', 'AUTO_GENERATE_PERSONAS'],
    ])
    expect(new Set(turns.map(({ section }) => section))).toEqual(new Set(SECTIONS))
  })
})

it.each(BRAND_TASK_TYPES)('leads to the section of the type: %s', (type) => {
  const [, section = '', task] = taskPath({ type, taskId: 'a/b' }).split('/')
  expect([findSectionByPath(section)?.type, task]).toEqual([type, 'a%2Fb'])
})

it.each(SECTIONS)('titles a task that is not sent yet as the catalog will: $name', ({ type, example }) => {
  const payload = example(brandProfile('aurora'), new Date())
  expect(TASK_TITLES[type]?.title({ payload })).toBe(brandTasks[type].title({ payload: payload as never }))
})

it('nextMonday is the Monday after, also on a Sunday and on a Monday', () => {
  expect(nextMonday(new Date(2026, 10, 22))).toBe('2026-11-23')
  expect(nextMonday(new Date(2026, 10, 23))).toBe('2026-11-30')
  expect(nextMonday(new Date(2026, 11, 30))).toBe('2027-01-04')
})

const isTask = (tags: string[]) =>
  newTaskSchema.safeParse({ type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: {}, tags }).success

it('toTags gives the brand and the campaign, in a form that the server takes', () => {
  expect(toTags({ brandName: 'Aurora', payload: {} })).toEqual(['Aurora'])
  expect(toTags({ brandName: 'Aurora', payload: { campaignName: ' Spring,\nsale ' } })).toEqual([
    'Aurora',
    'Spring sale',
  ])
  expect(toTags({ brandName: 'Aurora', payload: { campaignName: 'Aurora' } })).toEqual(['Aurora'])
  for (const campaignName of [`${'x'.repeat(63)}😀`, `${'x'.repeat(63)} y`, ',', 'Zoë & co.'])
    expect(isTask(toTags({ brandName: 'Aurora', payload: { campaignName } }))).toBe(true)
})
