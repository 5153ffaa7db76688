/** Moves the focus from inside a toast to the next toast, or to the pill after the last one. */
export function focusNextToast(from: HTMLElement): void {
  const dock = from.closest('.brandkit-dock')
  const dismissals = dock?.querySelectorAll<HTMLElement>(
    '.brandkit-toast:not([data-leaving], [data-waits]) [data-brandkit-dismiss]',
  )
  const next =
    [...(dismissals ?? [])].find((button) => !from.contains(button)) ??
    dock?.querySelector<HTMLElement>('button[aria-expanded]')
  next?.focus()
}
