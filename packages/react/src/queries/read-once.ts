/** How anything is read that the page keeps current by itself from there on: asking again would only double its requests. */
export const READ_ONCE = {
  staleTime: Infinity,
  retry: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const
