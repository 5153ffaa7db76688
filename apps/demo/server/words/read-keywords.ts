const STOP_WORDS = new Set(
  (
    'a about after again all also always an and any anybody anything are aged age ages as at around be because been before being between both brand brands build builds but by can company deliver delivers do ' +
    'does each even every few for from get gets give gives had has have her his how if in into is it its itself just like likes love loves ' +
    'made make makes many may more most much my need needs never new nobody no not of off offer offers old on once one only or other our out over own people ' +
    'person persons same sell sells she should so some somebody such than that the their them then there these they this those through to too under up ' +
    'us use used uses very want wants was we well were what when where which while who whose will with within without year years ' +
    'you your'
  ).split(' '),
)

/** The words of a text that carry meaning, in lower case, each once, in order. */
export function readKeywords(text: string, { max = 12 }: { max?: number } = {}): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []
  const meaningful = words.filter((word) => word.length > 1 && !STOP_WORDS.has(word) && !/^[\d-]+$/.test(word))
  return [...new Set(meaningful)].slice(0, max)
}
