/** One function that stops all that these stop, in this order. */
export function stopAll(...stops: readonly (() => void)[]): () => void {
  return () => stops.forEach((stop) => stop())
}
