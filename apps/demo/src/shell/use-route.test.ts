import { describe, expect, it } from 'vitest'
import { toRoute } from './use-route.ts'

describe('toRoute', () => {
  it('opens the Media Plan section first', () => {
    expect(toRoute('/')).toEqual({ page: 'media-plan' })
    expect(toRoute('/media-plan')).toEqual({ page: 'media-plan' })
    expect(toRoute('/media-plan/')).toEqual({ page: 'media-plan' })
  })

  it('opens one plan by its id', () => {
    expect(toRoute('/media-plan/0198')).toEqual({ page: 'plan', taskId: '0198' })
  })

  it('knows nothing else', () => {
    expect(toRoute('/brand-kit')).toEqual({ page: 'not-found' })
    expect(toRoute('/media-plan/0198/edit')).toEqual({ page: 'not-found' })
  })
})
