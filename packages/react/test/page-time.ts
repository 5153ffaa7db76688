import { vi } from 'vitest'

/** How long toasts stay in tests, in milliseconds: no machine is so slow that one goes before a test has got hold of it. */
export const LONG_MS = 10 * 60_000

/** From now on the page's time can be turned on. It also passes by itself. */
export function fakePageTime(): void {
  vi.useFakeTimers({
    shouldAdvanceTime: true,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  })
}

/** Turns the page's time on by as long as a toast stays, and a little more. */
export async function outlastToast(): Promise<void> {
  // What the test has just done may take React a frame or two.
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  await vi.advanceTimersByTimeAsync(LONG_MS + 1_000)
}
