/** The Monday after `today` in the reader's own calendar, as an ISO 8601 date. */
export function nextMonday(today: Date): string {
  const monday = new Date(today.getFullYear(), today.getMonth(), today.getDate() + ((8 - today.getDay()) % 7 || 7))
  return [monday.getFullYear(), monday.getMonth() + 1, monday.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}
