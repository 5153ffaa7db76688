/** Moves the focus from something in a toast to the next toast, else to the pill. */
export function focusNextToast(from: HTMLElement): void {
  const dock = from.closest('.brandkit-dock')
  const toasts = [...(dock?.querySelectorAll<HTMLElement>('[data-brandkit-dismiss]') ?? [])]
  const next =
    toasts.find((toast) => !from.contains(toast)) ?? dock?.querySelector<HTMLElement>('button[aria-expanded]')
  next?.focus()
}
