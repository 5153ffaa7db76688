// Measures each flow of the studio in Chromium: the time from the last input to the toast that answers it, and how far the page
// shifts (CLS, https://web.dev/articles/cls). Run `pnpm --filter demo build`, then `node e2e/measure-flows.ts` in apps/demo.
// It prints what moved too far, and a table; it fails when a goal is missed.
import type { Page } from 'playwright'
import { createHold, openStudio } from './open-studio.ts'
import { generateExample, generatePlan, openPanel, pill, row, signIn, toast, waitForText } from './walk.ts'

const ROUNDS = 5
const GOAL = { toastMs: 100, cls: 0.02 }
const MISSED = ' (!)'

interface Flow {
  name: string
  /** Whether the last input is answered by a toast. */
  hasToast: boolean
  walk: (page: Page, round: number) => Promise<unknown>
}

/** Media plans stop at a step, so that a task runs for as long as a flow looks at it. */
const tasks = createHold((step) => step === 'budget')

const FLOWS: readonly Flow[] = [
  {
    name: 'generate a media plan',
    hasToast: true,
    async walk(page, round) {
      await page.goto('/media-plan')
      await begin(page)
      await generatePlan(page, { name: `Measured ${round}` })
      await toast(page, `Measured ${round}`).first().waitFor()
    },
  },
  {
    // Its page has all rows in view, so no toast repeats them.
    name: 'all ten at once',
    hasToast: false,
    async walk(page) {
      await page.goto('/')
      await begin(page)
      await page.getByRole('button', { name: /^All ten/ }).click()
      await page.locator('.task[data-status=completed]').nth(9).waitFor()
    },
  },
  {
    name: 'watch a task in the panel and cancel it',
    hasToast: false,
    async walk(page, round) {
      const goOn = tasks.hold()
      await page.goto('/media-plan')
      await begin(page)
      await generatePlan(page, { name: `Stopped ${round}` })
      await pill(page).waitFor()
      await openPanel(page)
      const own = row(page, `Stopped ${round}`)
      await own.and(page.locator('[data-phase=running]')).waitFor()
      await own.getByRole('button', { name: /^Cancel/ }).click()
      await own.getByRole('button', { name: 'Cancel task' }).click()
      await own.and(page.locator('[data-phase=cancelled]')).waitFor()
      await page.getByRole('button', { name: 'Close' }).click()
      goOn()
    },
  },
  {
    name: 'a failure, from the toast to its page',
    hasToast: true,
    async walk(page, round) {
      await page.goto('/media-plan')
      await begin(page)
      await generatePlan(page, { name: `Doomed ${round}`, notes: 'simulate: fail' })
      await waitForText(toast(page, `Doomed ${round}`).first(), 'Failed')
    },
  },
  {
    name: 'open a result from the list',
    hasToast: false,
    async walk(page, round) {
      await page.goto('/media-plan')
      await page.getByRole('link', { name: new RegExp(`Measured ${round}`) }).waitFor()
      await begin(page)
      await page.getByRole('link', { name: new RegExp(`Measured ${round}`) }).click()
      await page.getByRole('heading', { name: 'Calendar' }).waitFor()
      await page.waitForLoadState('networkidle')
    },
  },
  {
    name: 'search the history, delete and undo',
    hasToast: false,
    async walk(page) {
      await page.goto('/history')
      await page.locator('[data-task-id]').first().waitFor()
      await begin(page)
      await page.getByRole('searchbox').fill('Measured')
      await page.waitForLoadState('networkidle')
      await page
        .getByRole('button', { name: /^Delete Media plan: Measured/ })
        .first()
        .click()
      await page.getByRole('button', { name: /^Undo/ }).first().click()
      await page.getByRole('button', { name: /^Undo/ }).first().waitFor({ state: 'detached' })
    },
  },
  {
    name: 'start from the keyboard',
    hasToast: true,
    async walk(page) {
      await page.goto('/')
      await begin(page)
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').fill('viral')
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'New viral ideas' })
      await dialog.getByRole('button', { name: 'Fill in an example' }).click()
      await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
      await page.locator('.brandkit-toast').first().waitFor()
    },
  },
  {
    name: 'a result that is streamed',
    hasToast: false,
    async walk(page) {
      await page.goto('/viral-ideas')
      await begin(page)
      await generateExample(page, { section: 'Viral Ideas' })
      await page.locator('.task').first().getByRole('link').click()
      await page.getByRole('button', { name: 'Save JSON', disabled: false }).waitFor()
    },
  },
]

interface Measured {
  toastMs: number
  shift: number
  /** What moved, and by how many pixels, with the shift that it was part of. */
  moved: Record<string, number>
}

/** Counts anew: what shifted while the page loaded belongs to no flow. */
async function begin(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate('window.measured.begin()')
}

/** Runs in the page before its own code. */
const OBSERVE = `
  window.measured = {
    shift: 0, window: 0, from: 0, last: 0, moved: {}, input: null, toastMs: null,
    begin() { Object.assign(this, { shift: 0, window: 0, moved: {}, input: null, toastMs: null }) },
  }
  const nameOf = (node) => {
    const element = node instanceof Element ? node : node?.parentElement
    return element ? element.tagName.toLowerCase() + (element.getAttribute('class') ?? '').replace(/^|\\s+/g, '.') : '(gone)'
  }
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, startTime, value, sources } of list.getEntries()) {
      if (hadRecentInput) continue
      // A window ends after a second without a shift, and after five seconds.
      const isNew = startTime - measured.last > 1_000 || startTime - measured.from > 5_000
      measured.window = value + (isNew ? 0 : measured.window)
      if (isNew) measured.from = startTime
      measured.last = startTime
      measured.shift = Math.max(measured.shift, measured.window)
      for (const { node, previousRect, currentRect } of sources) {
        const way = ' by ' + Math.round(currentRect.x - previousRect.x) + ', ' + Math.round(currentRect.y - previousRect.y)
        measured.moved[nameOf(node) + way] = value
      }
    }
  }).observe({ type: 'layout-shift', buffered: true })
  for (const type of ['click', 'keydown'])
    addEventListener(type, ({ timeStamp }) => { if (measured.toastMs === null) measured.input = timeStamp }, { capture: true })
  new MutationObserver((changes) => {
    if (measured.toastMs !== null || measured.input === null) return
    const isToast = (node) => node instanceof Element && (node.matches('.brandkit-toast') || node.querySelector('.brandkit-toast'))
    if (!changes.some(({ addedNodes }) => [...addedNodes].some(isToast))) return
    const { input } = measured
    measured.toastMs = 0
    // Painted: a frame has begun, and the task behind it runs.
    requestAnimationFrame(() => setTimeout(() => {
      measured.toastMs = performance.now() - input
    }))
  }).observe(document, { childList: true, subtree: true })`

const studio = await openStudio({
  paceMs: 500,
  beforeStep: tasks.beforeStep,
})
try {
  const { page, context } = await studio.visit()
  await context.addInitScript(OBSERVE)
  await signIn(page, 'Ada')
  const lines = []
  for (const flow of FLOWS) lines.push(await measureFlow(flow, page))
  console.table(lines)
  if (lines.some((line) => Object.values(line).some((cell) => cell.endsWith(MISSED)))) process.exitCode = 1
} finally {
  await studio.close()
}

/** Walks a flow several times. Shifts are the largest of all rounds; times are the median, because the machine has other work. */
async function measureFlow({ name, hasToast, walk }: Flow, page: Page): Promise<Record<string, string>> {
  const rounds: Measured[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    await walk(page, round)
    await page.waitForLoadState('networkidle')
    const measured = await page.evaluate<Measured>('({ ...window.measured })')
    rounds.push(measured)
    if (measured.shift >= GOAL.cls) console.log(name, round, measured.moved)
  }
  const shift = Math.max(...rounds.map((round) => round.shift))
  const toasts = rounds.map(({ toastMs }) => toastMs).toSorted((one, other) => one - other)
  const line = {
    flow: name,
    'input to toast, median': hasToast ? say(toasts[Math.floor(ROUNDS / 2)], GOAL.toastMs, 0, ' ms') : '–',
    best: hasToast ? `${Math.round(toasts[0] ?? 0)} ms` : '–',
    'CLS, largest': say(shift, GOAL.cls, 3),
  }
  console.log(Object.values(line).join(' | '))
  return line
}

function say(value = Number.NaN, goal: number, digits: number, unit = ''): string {
  return `${value.toFixed(digits)}${unit}${value < goal ? '' : MISSED}`
}
