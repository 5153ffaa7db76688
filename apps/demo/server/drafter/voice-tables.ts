import type { BrandTrait } from '@brandkit/core/brand-tasks'

export interface VoiceProfile {
  /** How it sounds, in adjectives. */
  tone: readonly [string, string]
  /** How a writer gets there. */
  say: readonly [string, string]
  avoid: readonly [string, string]
  /** {=brand} is filled in. */
  samples: { welcome: string; news: string; mistake: string; thanks: string }
}

export const VOICE_PROFILES: Readonly<Record<BrandTrait, VoiceProfile>> = {
  bold: {
    tone: ['direct', 'confident'],
    say: ['Short sentences. Verbs first.', 'One claim at a time, with a number behind it.'],
    avoid: ['“maybe”, “we think”, “one of the leading”', 'Apologies before anything has gone wrong'],
    samples: {
      welcome: 'You are in. Let us get to work.',
      news: 'New from {=brand}. See for yourself.',
      mistake: 'That did not work. Our fault. Try again now: nothing is lost.',
      thanks: 'You chose. We deliver. Thank you.',
    },
  },
  calm: {
    tone: ['quiet', 'unhurried'],
    say: ['One thought per sentence, and room between them.', 'What happens next, before anybody has to ask.'],
    avoid: ['Exclamation marks and countdowns', '“Hurry”, “last chance”, “don’t miss”'],
    samples: {
      welcome: 'Good to have you here. Take your time and look around.',
      news: 'There is something new at {=brand}. It will be here when you are ready.',
      mistake: 'Something did not go as planned. Your work is safe; please try again in a moment.',
      thanks: 'Thank you. We will take good care of the rest.',
    },
  },
  elegant: {
    tone: ['refined', 'understated'],
    say: ['Exact nouns instead of adjectives.', 'The material, the maker, the place.'],
    avoid: ['Superlatives and slang', '“Luxury”, “exclusive”, “premium”: show it instead'],
    samples: {
      welcome: 'Welcome to {=brand}.',
      news: 'New at {=brand}, considered down to the last detail.',
      mistake: 'We could not complete this for you. Kindly try once more.',
      thanks: 'Thank you for choosing {=brand}.',
    },
  },
  friendly: {
    tone: ['open', 'helpful'],
    say: ['“You” more often than “we”.', 'Everyday words, as you would tell a neighbour.'],
    avoid: ['Jargon and abbreviations', 'Blame: “you entered an invalid …”'],
    samples: {
      welcome: 'Hello and welcome! If anything is unclear, just ask.',
      news: 'Good news: there is something new. Want to try it?',
      mistake: 'Oh no, that did not work. Give it another go, and write to us if it happens again.',
      thanks: 'Thanks so much! You make {=brand} what it is.',
    },
  },
  playful: {
    tone: ['lively', 'witty'],
    say: ['A surprise at the end of the sentence.', 'Pictures that people can see: things, not concepts.'],
    avoid: ['Jokes about money, health or mistakes that hurt', 'Puns that need explaining'],
    samples: {
      welcome: 'There you are! We were about to start without you (we would never).',
      news: 'Psst: there is something new. You saw it here first.',
      mistake: 'Well, that went sideways. One more try? We will look the other way.',
      thanks: 'You and {=brand}: what a team. Thanks!',
    },
  },
  precise: {
    tone: ['clear', 'factual'],
    say: ['Numbers with their units, and where they come from.', 'The condition first, then the consequence.'],
    avoid: ['“Very”, “really”, “almost”', 'Metaphors where a measurement exists'],
    samples: {
      welcome: 'Your account is ready. Three steps are left; they take two minutes.',
      news: 'Now available. All details are on one page.',
      mistake: 'The request was not completed. Nothing was changed. Try again, or quote the number below.',
      thanks: 'Thank you. Your order is confirmed; every next step comes by mail.',
    },
  },
  rugged: {
    tone: ['down-to-earth', 'hands-on'],
    say: ['What it withstands, and who has tried.', 'Plain words from the workshop and the trail.'],
    avoid: ['Polished phrases: “solutions”, “experience”, “journey”', 'Promises that nobody has tested outdoors'],
    samples: {
      welcome: 'Boots off or on, come in.',
      news: 'Something new. Built, tested, and now yours.',
      mistake: 'That one broke on our side. We are fixing it; try again shortly.',
      thanks: 'Thanks for putting {=brand} to use. It is meant to be used.',
    },
  },
  warm: {
    tone: ['personal', 'caring'],
    say: ['People by their names, also those who make things.', 'What it feels like, then how it works.'],
    avoid: ['Passive sentences: somebody did it, say who', '“Users”, “customers”, “units”'],
    samples: {
      welcome: 'How lovely that you found us. Make yourself at home.',
      news: 'We made something for you. We hope it brings you joy.',
      mistake: 'We are sorry, this did not work. We are on it, and nothing of yours is lost.',
      thanks: 'Thank you, from all of us at {=brand}.',
    },
  },
}
