import type { Page } from 'playwright'

/** The sizes of pictures in pixels: a corner of the window, or a page at a desk. */
const CORNER = { width: 500, height: 660 }
const DESK = { width: 1_000, height: 760 }
const PHONE = { width: 320, height: 660 }

/** Components that fill a page. */
const PAGES: ReadonlySet<string> = new Set(['TaskHistory', 'TaskOperations'])

const LOOKS = {
  light: { theme: 'light', locale: 'en' },
  dark: { theme: 'dark', locale: 'en' },
  'right to left': { theme: 'light', locale: 'ar' },
  '320 px': { theme: 'light', locale: 'en' },
} as const
export type ViewName = keyof typeof LOOKS

interface View {
  width: number
  height: number
  /** Those of Storybook's toolbar. */
  globals: { theme: string; locale: string }
}

/** How a component's stories are seen. */
export function toView(component: string, name: ViewName): View {
  const wide = PAGES.has(component) ? DESK : CORNER
  return { ...(name === '320 px' ? PHONE : wide), globals: LOOKS[name] }
}

/** A story that sets its own looks or its own width is seen in those only. */
export async function viewsOf(page: Page): Promise<ViewName[]> {
  const [looks, width] = await page
    .locator('.story-frame')
    .evaluate((frame) => [frame.getAttribute('data-looks'), frame.getAttribute('data-width')])
  if (width === 'narrow') return ['320 px']
  return looks === 'own' ? ['light'] : (Object.keys(LOOKS) as ViewName[])
}
