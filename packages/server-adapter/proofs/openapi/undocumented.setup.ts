import { afterEach } from 'vitest'
import { takeUndocumented } from './documented.js'

// Whatever a test is about: an answer that the OpenAPI document does not describe fails it.
afterEach(() => {
  const undocumented = takeUndocumented()
  if (undocumented.length === 0) return
  throw new Error(`The OpenAPI document does not describe these answers:\n${undocumented.join('\n')}`)
})
