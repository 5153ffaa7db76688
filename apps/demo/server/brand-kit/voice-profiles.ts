import type { BrandTrait } from '@brandkit/core/brand-tasks'

export interface VoiceProfile {
  /** How it sounds, in adjectives. */
  tone: readonly [string, string]
  /** The end of "Care and craft …". */
  promise: string
  /** How a writer gets there. */
  say: readonly [string, string]
  avoid: readonly [string, string]
  /** {brand}, {offer} and {value} are filled in. */
  samples: { welcome: string; news: string; mistake: string; thanks: string }
}

export const VOICE_PROFILES: Readonly<Record<BrandTrait, VoiceProfile>> = {
  bold: {
    tone: ['direct', 'confident'],
    promise: 'without compromise',
    say: ['Short sentences. Verbs first.', 'One claim at a time, with a number behind it.'],
    avoid: ['“maybe”, “we think”, “one of the leading”', 'Apologies before anything has gone wrong'],
    samples: {
      welcome: 'You are in. Let us get to work.',
      news: 'New from {brand}: {offer}. See for yourself.',
      mistake: 'That did not work. Our fault. Try again now: nothing is lost.',
      thanks: 'You chose {value}. So did we. Thank you.',
    },
  },
  calm: {
    tone: ['quiet', 'unhurried'],
    promise: 'without the noise',
    say: ['One thought per sentence, and room between them.', 'What happens next, before anybody has to ask.'],
    avoid: ['Exclamation marks and countdowns', '“Hurry”, “last chance”, “don’t miss”'],
    samples: {
      welcome: 'Good to have you here. Take your time and look around.',
      news: 'There is something new at {brand}: {offer}. It will be here when you are ready.',
      mistake: 'Something did not go as planned. Your work is safe; please try again in a moment.',
      thanks: 'Thank you. We will take good care of the rest.',
    },
  },
  elegant: {
    tone: ['refined', 'understated'],
    promise: 'in every line',
    say: ['Exact nouns instead of adjectives.', 'The material, the maker, the place.'],
    avoid: ['Superlatives and slang', '“Luxury”, “exclusive”, “premium”: show it instead'],
    samples: {
      welcome: 'Welcome to {brand}.',
      news: 'Presenting {offer}, considered down to the last detail.',
      mistake: 'We could not complete this for you. Kindly try once more.',
      thanks: 'Thank you for choosing {brand}. It was made with {value}.',
    },
  },
  friendly: {
    tone: ['open', 'helpful'],
    promise: 'with a hand for everybody',
    say: ['“You” more often than “we”.', 'Everyday words, as you would tell a neighbour.'],
    avoid: ['Jargon and abbreviations', 'Blame: “you entered an invalid …”'],
    samples: {
      welcome: 'Hello and welcome! If anything is unclear, just ask.',
      news: 'Good news: {offer}. Want to try it?',
      mistake: 'Oh no, that did not work. Give it another go, and write to us if it happens again.',
      thanks: 'Thanks so much! You make {brand} what it is.',
    },
  },
  playful: {
    tone: ['lively', 'witty'],
    promise: 'with a wink',
    say: ['A surprise at the end of the sentence.', 'Pictures that people can see: things, not concepts.'],
    avoid: ['Jokes about money, health or mistakes that hurt', 'Puns that need explaining'],
    samples: {
      welcome: 'There you are! We were about to start without you (we would never).',
      news: 'Psst: {offer}. You saw it here first.',
      mistake: 'Well, that went sideways. One more try? We will look the other way.',
      thanks: 'You, {brand} and a bit of {value}: what a team. Thanks!',
    },
  },
  precise: {
    tone: ['clear', 'factual'],
    promise: 'in every detail',
    say: ['Numbers with their units, and where they come from.', 'The condition first, then the consequence.'],
    avoid: ['“Very”, “really”, “almost”', 'Metaphors where a measurement exists'],
    samples: {
      welcome: 'Your account is ready. Three steps are left; they take two minutes.',
      news: 'Now available: {offer}. All details are on one page.',
      mistake: 'The request was not completed. Nothing was changed. Try again, or quote the number below.',
      thanks: 'Thank you. Your order is confirmed; every next step comes by mail.',
    },
  },
  rugged: {
    tone: ['down-to-earth', 'hands-on'],
    promise: 'in any weather',
    say: ['What it withstands, and who has tried.', 'Plain words from the workshop and the trail.'],
    avoid: ['Polished phrases: “solutions”, “experience”, “journey”', 'Promises that nobody has tested outdoors'],
    samples: {
      welcome: 'Boots off or on, come in.',
      news: '{offer}. Built, tested, and now yours.',
      mistake: 'That one broke on our side. We are fixing it; try again shortly.',
      thanks: 'Thanks for putting {brand} to use. Made with {value}, meant to be used.',
    },
  },
  warm: {
    tone: ['personal', 'caring'],
    promise: 'from the heart',
    say: ['People by their names, also those who make things.', 'What it feels like, then how it works.'],
    avoid: ['Passive sentences: somebody did it, say who', '“Users”, “customers”, “units”'],
    samples: {
      welcome: 'How lovely that you found us. Make yourself at home.',
      news: 'We made something for you: {offer}. We hope it brings you joy.',
      mistake: 'We are sorry, this did not work. We are on it, and nothing of yours is lost.',
      thanks: 'Thank you, from all of us at {brand}. {Value} means something because of you.',
    },
  },
}
