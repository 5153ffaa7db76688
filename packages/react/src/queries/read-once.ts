/** Options for data that the page keeps current after the first read: reading again would only double its requests. */
export const READ_ONCE = {
  staleTime: Infinity,
  retry: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const
