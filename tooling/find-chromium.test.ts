import { chooseChromium, findChromium } from '@brandkit/tooling/find-chromium'
import { describe, expect, it, vi } from 'vitest'

const downloaded = () => '/cache/chrome'
const chosen = () => undefined
const only =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path)

describe('findChromium', () => {
  it('takes the browser that CHROMIUM_PATH names', () => {
    const env = { CHROMIUM_PATH: '/opt/chrome' }
    expect(findChromium({ env, downloaded, chosen, exists: only('/opt/chrome', '/usr/bin/chromium') })).toBe(
      '/opt/chrome',
    )
  })

  it('falls back to no other when the named one is missing', () => {
    const env = { CHROMIUM_PATH: '/opt/chrmoe' }
    expect(findChromium({ env, downloaded, chosen, exists: only('/usr/bin/chromium') })).toBeUndefined()
  })

  it('prefers what the system has over a download', () => {
    const env = { PATH: '/bin:/opt/bin' }
    expect(findChromium({ env, downloaded, chosen, exists: only('/opt/bin/google-chrome', '/cache/chrome') })).toBe(
      '/opt/bin/google-chrome',
    )
    expect(findChromium({ env, downloaded, chosen, exists: only('/cache/chrome') })).toBe('/cache/chrome')
  })

  it('prefers a headless shell, wherever it is', () => {
    const env = { PATH: '/bin:/opt/bin' }
    const exists = only('/bin/chromium', '/usr/bin/chromium', '/opt/bin/chromium-headless-shell')
    expect(findChromium({ env, downloaded, chosen, exists })).toBe('/opt/bin/chromium-headless-shell')
  })

  it('finds nothing where there is nothing', () => {
    expect(findChromium({ env: {}, downloaded, chosen, exists: () => false })).toBeUndefined()
  })

  it('looks where a Mac keeps Chromium and Chrome, in that order', () => {
    const chromium = '/Applications/Chromium.app/Contents/MacOS/Chromium'
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findChromium({ env: {}, downloaded, chosen, exists: only(chromium, chrome) })).toBe(chromium)
    expect(findChromium({ env: {}, downloaded, chosen, exists: only(chrome, '/cache/chrome') })).toBe(chrome)
  })

  it('takes the chosen one, as long as it is there', () => {
    const surroundings = { env: { PATH: '/bin' }, downloaded, chosen: () => '/bin/chromium' }
    expect(findChromium({ ...surroundings, exists: only('/bin/chromium-headless-shell', '/bin/chromium') })).toBe(
      '/bin/chromium',
    )
    expect(findChromium({ ...surroundings, exists: only('/bin/chromium-headless-shell') })).toBe(
      '/bin/chromium-headless-shell',
    )
  })

  it('takes the one that CHROMIUM_PATH names over the chosen one', () => {
    const env = { PATH: '/bin', CHROMIUM_PATH: '/opt/chrome' }
    const exists = only('/opt/chrome', '/bin/chromium')
    expect(findChromium({ env, downloaded, chosen: () => '/bin/chromium', exists })).toBe('/opt/chrome')
  })
})

describe('chooseChromium', () => {
  const env = { PATH: '/bin' }
  const exists = only('/bin/chromium-headless-shell', '/bin/chromium', '/cache/chrome')

  it('passes over a browser that does not start, for the next one that does', () => {
    const choose = vi.fn()
    expect(chooseChromium({ env, downloaded, exists, choose, starts: only('/bin/chromium', '/cache/chrome') })).toBe(
      '/bin/chromium',
    )
    expect(choose).toHaveBeenCalledExactlyOnceWith('/bin/chromium')
  })

  it('starts nothing behind the first that starts', () => {
    const starts = vi.fn(() => true)
    chooseChromium({ env, downloaded, exists, choose: () => {}, starts })
    expect(starts.mock.calls).toEqual([['/bin/chromium-headless-shell']])
  })

  it('forgets an earlier choice when nothing starts', () => {
    const choose = vi.fn()
    expect(chooseChromium({ env, downloaded, exists, choose, starts: () => false })).toBeUndefined()
    expect(choose).toHaveBeenCalledExactlyOnceWith(undefined)
  })
})
