import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

interface Surroundings {
  env?: Record<string, string | undefined>
  exists?: (path: string) => boolean
  /** Where Playwright keeps the browser that `playwright install chromium` downloads. */
  downloaded?: () => string
}

/** The same Chromium without the windows around its pages, which take nearly half of a test's processor time. */
export const HEADLESS_SHELL = 'chromium-headless-shell'

const NAMES = [HEADLESS_SHELL, 'chromium', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/**
 * The one rule for which Chromium the tests drive: `CHROMIUM_PATH` if it is set, else the system's (a headless
 * shell first), else Playwright's own download. Undefined when there is none.
 */
export function findChromium(surroundings: Surroundings = {}): string | undefined {
  const { env = process.env, exists = existsSync, downloaded = () => chromium.executablePath() } = surroundings

  // Somebody who names a browser means that one; falling back to another would only hide a typing mistake.
  const named = env['CHROMIUM_PATH']
  if (named) return exists(named) ? named : undefined

  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/bin']
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...installed, MAC, downloaded()].find((path) => exists(path))
}
