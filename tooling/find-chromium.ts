import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright'

interface Surroundings {
  env?: Record<string, string | undefined>
  exists?: (path: string) => boolean
  /** The folder in which `playwright install chromium` keeps its browser. */
  downloaded?: () => string
  /** The latest choice of `chooseChromium`. */
  chosen?: () => string | undefined
}

interface Choice extends Surroundings {
  starts: (path: string) => boolean
  choose?: (path: string | undefined) => void
}

/** Chromium without browser windows, which take nearly half of a test's processor time. */
export const HEADLESS_SHELL = 'chromium-headless-shell'

const NAMES = [HEADLESS_SHELL, 'chromium', 'google-chrome', 'google-chrome-stable']
const MAC = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
const CHOSEN = join(import.meta.dirname, 'node_modules/.cache/chosen-chromium')

/**
 * The Chromium for the tests: the choice of `chooseChromium`, or without a choice the first candidate. Undefined without
 * any Chromium.
 */
export function findChromium({ chosen = readChosen, ...surroundings }: Surroundings = {}): string | undefined {
  const there = chromiums(surroundings)
  const choice = chosen()
  return there.find((path) => path === choice) ?? there[0]
}

/**
 * Chooses the first candidate that starts. The choice is stored, because every test configuration calls `findChromium`,
 * which must not start browsers.
 */
export function chooseChromium({ starts, choose = writeChosen, ...surroundings }: Choice): string | undefined {
  const choice = chromiums(surroundings).find((path) => starts(path))
  choose(choice)
  return choice
}

/**
 * The candidates, best first: only `CHROMIUM_PATH` if it is set, else the system's browsers (a headless shell first), else
 * Playwright's own download.
 */
function chromiums({
  env = process.env,
  exists = existsSync,
  downloaded = () => chromium.executablePath(),
}: Surroundings): string[] {
  // A named browser is taken or refused; another one would hide a typing mistake.
  const named = env['CHROMIUM_PATH']
  if (named) return [named].filter((path) => exists(path))

  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/bin']
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...installed, ...MAC, downloaded()].filter((path) => exists(path))
}

function readChosen(): string | undefined {
  return existsSync(CHOSEN) ? readFileSync(CHOSEN, 'utf8') : undefined
}

function writeChosen(path = ''): void {
  mkdirSync(dirname(CHOSEN), { recursive: true })
  writeFileSync(CHOSEN, path)
}
