import type { Page } from 'playwright'

/** How each story is seen. The `globals` are those of Storybook's toolbar. */
export const VIEWS = {
  light: { width: 500, height: 660, globals: { theme: 'light', locale: 'en' } },
  dark: { width: 500, height: 660, globals: { theme: 'dark', locale: 'en' } },
  'right to left': { width: 500, height: 660, globals: { theme: 'light', locale: 'ar' } },
  '320 px': { width: 320, height: 660, globals: { theme: 'light', locale: 'en' } },
} as const
export type ViewName = keyof typeof VIEWS

/** A story that sets its own looks or its own width is seen in those only. */
export async function viewsOf(page: Page): Promise<ViewName[]> {
  const [looks, width] = await page
    .locator('.story-frame')
    .evaluate((frame) => [frame.getAttribute('data-looks'), frame.getAttribute('data-width')])
  if (width === 'narrow') return ['320 px']
  return looks === 'own' ? ['light'] : (Object.keys(VIEWS) as ViewName[])
}
