import { describe, expect, it } from 'vitest'
import { SECTIONS } from '../sections/sections.ts'
import { toRoute } from './use-route.ts'

describe('toRoute', () => {
  it('opens the overview first', () => {
    expect(toRoute('/')).toEqual({ page: 'overview' })
  })

  it('knows an address for each of the ten sections, with and without a slash at the end', () => {
    expect(SECTIONS).toHaveLength(10)
    for (const { path } of SECTIONS) {
      expect(toRoute(`/${path}`)).toEqual({ page: 'section', path, isFormOpen: false })
      expect(toRoute(`/${path}/`)).toEqual({ page: 'section', path, isFormOpen: false })
    }
  })

  it('opens a form at its own address', () => {
    expect(toRoute('/brand-kit/new')).toEqual({ page: 'section', path: 'brand-kit', isFormOpen: true })
  })

  it('opens one task by its id', () => {
    expect(toRoute('/media-plan/0198')).toEqual({ page: 'task', path: 'media-plan', taskId: '0198' })
  })

  it('opens history, a batch and operations', () => {
    expect(toRoute('/history')).toEqual({ page: 'history' })
    expect(toRoute('/batch/0199')).toEqual({ page: 'batch', batchId: '0199' })
    expect(toRoute('/ops')).toEqual({ page: 'operations' })
  })

  it('knows nothing else', () => {
    for (const path of ['/nowhere', '/media-plan/0198/edit', '/history/1', '/ops/1', '/batch', '/toString'])
      expect(toRoute(path)).toEqual({ page: 'not-found' })
  })
})
