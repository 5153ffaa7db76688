import { CONDITION_MS } from '@brandkit/tooling/test-times'
import { vi } from 'vitest'

/**
 * How long toasts stay in tests, in milliseconds: long enough for slow machines to inspect a toast before it leaves. The page
 * polls all the while, so a longer time costs.
 */
export const LONG_MS = 2 * CONDITION_MS

/** Lets the test advance the page's clock, which also keeps running by itself. */
export function fakePageTime(): void {
  vi.useFakeTimers({
    shouldAdvanceTime: true,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  })
}

/** Advances the page's clock to just after the end of a toast. */
export async function outlastToast(): Promise<void> {
  // React may need a frame or two to render the test's last action.
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  await vi.advanceTimersByTimeAsync(LONG_MS + 1_000)
}
