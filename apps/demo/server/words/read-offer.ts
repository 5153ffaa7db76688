import { capitalise, lowerFirst } from '../words.ts'
import { readDescription } from './read-description.ts'
import { readPhrases } from './read-phrases.ts'

export interface Offer {
  /** "a subscription of whole-bean coffee" */
  what: string
  /** What makes it worth having, as phrases; at least one. */
  features: [string, ...string[]]
  /** The phrase that takes the risk out of it, where there is one: "cancel any time". */
  reassurance?: string
}

const REASSURING =
  /\b(cancel\w*|trial|free (?:delivery|exchange|month|repairs?|returns?|sample|shipping|week)|returns?\b|guarantee\w*|refund\w*|warrant\w*|no contract|try\b|money back)/i

/** What is offered stands first; what makes it worth having follows after "with", "that", commas and full stops. */
export function readOffer(text: string): Offer {
  const [first = text, ...others] = readPhrases(text)
  const [head = first, ...tail] = first.split(/\s+(?:with|that|which|including|made)\s+/i)
  // A single phrase is what it is; only what is said besides makes a short name enough.
  const { what } = readDescription(others.length === 0 ? first : head)
  const features = [...tail, ...others]
    .map((feature) => lowerFirst(feature.replace(/^(?:with|it|they|which|that)\s+/i, '')))
    .filter((feature) => feature.length > 3)
  const reassurance = features.find((feature) => REASSURING.test(feature))
  const thing = (what || lowerFirst(text.trim())).replaceAll(/\bour\b/gi, 'the')
  return {
    what: thing,
    features: [features[0] ?? thing, ...features.slice(1, 8)],
    ...(reassurance && { reassurance: capitalise(reassurance) }),
  }
}
