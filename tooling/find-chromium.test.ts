import { findChromium } from '@brandkit/tooling/find-chromium'
import { describe, expect, it } from 'vitest'

const downloaded = () => '/cache/chrome'
const only =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path)

describe('findChromium', () => {
  it('takes the browser that CHROMIUM_PATH names', () => {
    const env = { CHROMIUM_PATH: '/opt/chrome' }
    expect(findChromium({ env, downloaded, exists: only('/opt/chrome', '/usr/bin/chromium') })).toBe('/opt/chrome')
  })

  it('falls back to no other when the named one is missing', () => {
    const env = { CHROMIUM_PATH: '/opt/chrmoe' }
    expect(findChromium({ env, downloaded, exists: only('/usr/bin/chromium') })).toBeUndefined()
  })

  it('prefers what the system has over a download', () => {
    const env = { PATH: '/bin:/opt/bin' }
    expect(findChromium({ env, downloaded, exists: only('/opt/bin/google-chrome', '/cache/chrome') })).toBe(
      '/opt/bin/google-chrome',
    )
    expect(findChromium({ env, downloaded, exists: only('/cache/chrome') })).toBe('/cache/chrome')
  })

  it('prefers a headless shell, wherever it is', () => {
    const env = { PATH: '/bin:/opt/bin' }
    const exists = only('/bin/chromium', '/usr/bin/chromium', '/opt/bin/chromium-headless-shell')
    expect(findChromium({ env, downloaded, exists })).toBe('/opt/bin/chromium-headless-shell')
  })

  it('finds nothing where there is nothing', () => {
    expect(findChromium({ env: {}, downloaded, exists: () => false })).toBeUndefined()
  })
})
