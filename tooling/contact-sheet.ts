// Makes docs/screenshots from the built Storybook: `npm run storybook:build`, then `node tooling/contact-sheet.ts`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchOptions } from '@brandkit/tooling/chromium'
import { composeSheet } from '@brandkit/tooling/compose-sheet'
import { photographStories, type Shot, toFileName, type ViewName } from '@brandkit/tooling/photograph-stories'
import { chromium } from 'playwright'

/** The corner that holds the panel and the toasts on a wide screen. */
const CORNER = { x: 840, y: 130, width: 440, height: 670 }
const START_CORNER = { ...CORNER, x: 0 }

const wide = (storyId: string, caption: string, view: ViewName = 'light', clip = CORNER) => ({
  shot: { storyId, view, clip } satisfies Shot,
  caption,
})
const narrow = (storyId: string, caption: string, view: ViewName = 'narrow') => ({
  shot: { storyId, view } satisfies Shot,
  caption,
})

const SHEETS = [
  {
    name: 'states',
    columns: 5,
    width: 330,
    pictures: [
      wide('taskstatusindicator--three-tasks', '3 tasks'),
      wide('taskstatusindicator--every-group', 'Every group, dark', 'dark'),
      wide('taskstatusindicator--retrying', 'Retry 2 of 3 in 8 s'),
      wide('taskstatusindicator--failed', 'Failed: cause, next action, trace id'),
      wide('taskstatusindicator--steps', 'Steps on demand, dark', 'dark'),
      wide('taskstatusindicator--asking-before-cancel', 'Asking before it cancels'),
      wide('taskstatusindicator--finished', 'Finished and cancelled, dark', 'dark'),
      wide('taskstatusindicator--not-sent-yet', 'Offline, and not sent yet'),
      wide('tasknotification--stacked', 'Toasts above the pill'),
      wide('taskstatusindicator-looks--right-to-left', 'Right to left, in Arabic', 'light', START_CORNER),
    ],
  },
  {
    name: 'everybody',
    columns: 5,
    width: 240,
    pictures: [
      narrow('taskstatusindicator--every-group', '320 px'),
      narrow('taskstatusindicator-looks--narrow-failure', '320 px, Arabic, dark', 'narrow-dark-arabic'),
      narrow('taskstatusindicator-looks--large-text', '320 px and 200 % text'),
      narrow('taskstatusindicator-looks--forced-colours', 'Forced colours'),
      narrow('tasknotification--failed', 'A failure, 320 px'),
    ],
  },
] as const

const folder = await mkdtemp(join(tmpdir(), 'brandkit-sheet-'))
const browser = await chromium.launch(launchOptions)
try {
  await photographStories(
    folder,
    SHEETS.flatMap(({ pictures }) => pictures.map(({ shot }) => shot)),
  )
  for (const { name, columns, width, pictures } of SHEETS) {
    await composeSheet({
      browser,
      title: name,
      columns,
      width,
      path: join(import.meta.dirname, `../docs/screenshots/${name}.png`),
      pictures: pictures.map(({ shot, caption }) => ({ path: join(folder, toFileName(shot)), caption })),
    })
  }
} finally {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
}
