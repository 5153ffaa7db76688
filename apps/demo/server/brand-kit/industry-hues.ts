/** Hues that an industry's customers are used to, in degrees of OKLCH; assumptions of this demo, found by the words. */
const INDUSTRY_HUES: readonly { hue: number; words: RegExp }[] = [
  {
    hue: 145,
    words: /\b(eco|sustainab\w*|garden\w*|plants?|organic|natur\w*|outdoors?|camp\w*|forest\w*|vegan|recycl\w*)\b/i,
  },
  { hue: 250, words: /\b(bank\w*|financ\w*|insur\w*|legal|law|consult\w*|software|saas|data|cloud|security|b2b)\b/i },
  { hue: 200, words: /\b(health\w*|medic\w*|clinic\w*|dental|pharma\w*|water|swim\w*|clean\w*|travel\w*)\b/i },
  {
    hue: 50,
    words: /\b(food|restaurants?|baker\w*|coffee|cafe|roast\w*|kitchen\w*|cook\w*|bread|spices?|craft\w*)\b/i,
  },
  { hue: 15, words: /\b(sports?|fitness|motor\w*|cars?|gaming|games?|entertain\w*|music|media)\b/i },
  { hue: 350, words: /\b(beauty|cosmetic\w*|fashion|jewel\w*|wedding\w*|skin\w*|toys?|kids|children)\b/i },
  { hue: 85, words: /\b(energy|solar|light\w*|lamps?|electric\w*|logistic\w*|construct\w*|tools?)\b/i },
]

/** The hues that a description of a brand suggests, none for words that we do not know. */
export function readIndustryHues(text: string): number[] {
  return INDUSTRY_HUES.filter(({ words }) => words.test(text)).map(({ hue }) => hue)
}
