/** This many toasts can be seen. Older ones wait behind until a newer one goes. */
const MOST_SHOWN = 3
/** Pixels between the toasts of a fan, and between the fan and the top of the window. */
const GAP_PX = 8

/** The list of toasts as a stack: the newest in front, the others behind it. */
export interface ToastStack {
  /** Tells each toast beside this one its place. The stylesheet makes a stack or a fan of that. */
  readonly arrangeAround: (toast: Element) => void
  /** Arranges the stack when the toast changes its size. Returns the function that stops it. */
  readonly watch: (toast: Element) => () => void
}

export function createToastStack(): ToastStack {
  // Browsers without the observer arrange the stack at each render only.
  const observer =
    globalThis.ResizeObserver &&
    new ResizeObserver((entries) => entries.slice(0, 1).forEach(({ target }) => arrangeAround(target)))
  return {
    arrangeAround,
    watch: (toast) => {
      observer?.observe(toast)
      return () => observer?.unobserve(toast)
    },
  }
}

/**
 * Measures the toasts. `--toast-index` counts from the front, `--toast-lift` is the place in the fan, and
 * `--toast-overhang` is how much higher a toast is than the front one. A toast that is leaving keeps its place, so that
 * the others move up at once.
 */
function arrangeAround({ parentElement: list }: Element): void {
  if (!list) return
  const toasts = [...list.querySelectorAll<HTMLElement>(':scope > .brandkit-toast:not([data-leaving])')]
  // Without transforms, and not rounded, as other ways to measure are.
  const heights = toasts.map((toast) => Number.parseFloat(getComputedStyle(toast).height) || 0)
  const room = list.getBoundingClientRect().bottom - GAP_PX
  const front = heights[0] ?? 0
  let lift = 0
  let shown = 0
  for (const [index, toast] of toasts.entries()) {
    const height = heights[index] ?? 0
    // A page without layout (jsdom) has no heights, and shows all that may be shown.
    const fits = index === 0 || height === 0 || lift + height <= room
    if (shown === index && index < MOST_SHOWN && fits) shown++
    toast.style.setProperty('--toast-index', String(index))
    toast.style.setProperty('--toast-lift', `${lift}px`)
    toast.style.setProperty('--toast-overhang', `${height - front}px`)
    toast.toggleAttribute('data-behind', index > 0)
    toast.toggleAttribute('data-waits', index >= shown)
    if (index < shown) lift += height + GAP_PX
  }
  list.style.setProperty('--toast-front', `${front}px`)
  list.style.setProperty('--toast-fan', `${lift}px`)
}
