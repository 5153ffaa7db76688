import {
  BRAND_TRAITS,
  CONTENT_TONES,
  DECISION_STYLES,
  FUNNEL_ASSETS,
  FUNNEL_GOALS,
  FUNNEL_STAGES,
  IDEA_EFFORTS,
  IDEA_FORMATS,
  PERSONA_TOUCHPOINTS,
  PRODUCT_IDEA_KINDS,
  SOCIAL_CHANNELS,
  VIRAL_EMOTIONS,
} from '@brandkit/core/brand-tasks'
import * as z from 'zod'
import { AUDIENCE_TRAITS, type AudienceTrait } from '../media-plan/read-audience.ts'
import content from './tables/content.json' with { type: 'json' }
import funnel from './tables/funnel.json' with { type: 'json' }
import personas from './tables/personas.json' with { type: 'json' }
import productIdeas from './tables/product-ideas.json' with { type: 'json' }
import viralIdeas from './tables/viral-ideas.json' with { type: 'json' }
import voice from './tables/voice.json' with { type: 'json' }

/*
 * All wording of a server without a model, checked as it is loaded. Slots such as `{feature}` and `{=topic}` are filled by
 * `fillDraft`.
 */

const text = z.string().min(1)
const lines = z.array(z.string())
const part = z.number().min(0).max(1)
const pair = <Item extends z.ZodType>(item: Item) => z.tuple([item, item])
/** Words of a brief that speak for an entry, as alternatives; `*` stands for any ending. */
const signs = z
  .string()
  .transform((words) => new RegExp(String.raw`\b(?:${words.replaceAll('*', String.raw`\w*`)})\b`, 'gi'))

/** How many of an entry's signs a text has. */
export function countSigns(pattern: RegExp, written: string): number {
  return written.match(pattern)?.length ?? 0
}

const angle = z.strictObject({
  angle: text,
  promise: text,
  /** The first line, after "Topic: ". */
  hook: text,
  /** What goes where, for the writer. One that quotes is left out when the brief has nothing to quote. */
  prompts: z.tuple([text, text, text]),
  visual: text,
  tones: z.array(z.enum(CONTENT_TONES)),
})
export type Angle = z.output<typeof angle>

/**
 * Points of view that editors plan with, at least as many as a channel can have posts; the call to action where the brief gives
 * none; and how a post is built on each channel.
 */
export const CONTENT = z
  .strictObject({
    angles: z.tuple([angle], angle),
    callsToAction: z.record(z.enum(CONTENT_TONES), text),
    channels: z.record(z.enum(SOCIAL_CHANNELS), z.strictObject({ format: text, lines })),
  })
  .parse(content)

/** What is made for each stage of a funnel; the first mail goes out when that part of the campaign is over. */
export const FUNNEL = z
  .strictObject({
    stages: z.record(
      z.enum(FUNNEL_STAGES),
      z.strictObject({
        starts: part,
        objective: text,
        message: lines,
        assets: z.array(z.strictObject({ kind: z.enum(FUNNEL_ASSETS), title: text, brief: lines, callToAction: text })),
        mails: z.array(z.strictObject({ subject: text, text: lines })),
      }),
    ),
    /** The words on the button. */
    verbs: z.record(z.enum(FUNNEL_GOALS), text),
  })
  .parse(funnel)

const variant = z.strictObject({
  situation: text,
  quote: text,
  goal: text,
  frustration: text,
  argument: text,
  objections: pair(z.strictObject({ objection: text, answer: text })),
})
export type PersonaVariant = z.output<typeof variant>
const trait = z.enum(Object.keys(AUDIENCE_TRAITS) as AudienceTrait[])

/**
 * Four ways to decide, quick or slow and by reason or by feeling, after the buyer modalities of Bryan and Jeffrey Eisenberg
 * ("Waiting for Your Cat to Bark?", 2006), each for a person to whom the offer is new and for one who has something else.
 * Priors and affinities are assumptions of this demo.
 */
export const PERSONAS = z
  .strictObject({
    styles: z.record(
      z.enum(DECISION_STYLES),
      z.strictObject({
        label: text,
        before: text,
        /** The share of people who decide like this, where nothing else is known. */
        prior: part,
        signs,
        touchpoints: z.record(z.enum(PERSONA_TOUCHPOINTS), part),
        variants: pair(variant),
      }),
    ),
    /** How much more or less of their time a place has, by trait. */
    touchpointsByTrait: z.partialRecord(trait, z.partialRecord(z.enum(PERSONA_TOUCHPOINTS), z.number())),
    agesByTrait: z.partialRecord(trait, z.strictObject({ from: z.int(), to: z.int() })),
  })
  .parse(personas)

const format = z.enum(IDEA_FORMATS)
const effort = z.enum(IDEA_EFFORTS)

const lens = z.strictObject({ signs, benefit: text, proof: text, occasion: text, need: text })
export type Lens = z.output<typeof lens>
/** `shareability`: how likely it is passed on; an assumption of this demo. */
const productMechanic = z.strictObject({
  key: text,
  format,
  effort,
  shareability: part,
  name: text,
  hook: text,
  outline: text,
})
export type ProductMechanic = z.output<typeof productMechanic>

/**
 * What features are good for, as laddering asks ("and why does that matter to you?": Reynolds and Gutman, 1988), with more lenses
 * than a product has features, and what a feature can become.
 */
export const PRODUCT_IDEAS = z
  .strictObject({
    lenses: z.tuple([lens], lens),
    mechanics: z.record(z.enum(PRODUCT_IDEA_KINDS), z.array(productMechanic)),
  })
  .parse(productIdeas)

const emotion = z.enum(VIRAL_EMOTIONS)
/** `emotions`: those that it can wake, strongest first. */
const mechanic = z.strictObject({
  key: text,
  emotions: z.tuple([emotion], emotion),
  format,
  effort,
  name: text,
  hook: text,
  outline: text,
})
export type Mechanic = z.output<typeof mechanic>

/**
 * Feelings, and how posts that get passed on are built. `lift` is how much likelier people pass something on that has one standard
 * deviation more of a feeling: anger, awe, anxiety and surprise after Berger and Milkman, "What Makes Online Content Viral?" (2012),
 * figure 2. They measured no amusement, pride and nostalgia by themselves; those are our guesses between surprise and awe.
 */
export const VIRAL_IDEAS = z
  .strictObject({
    emotions: z.record(emotion, z.strictObject({ lift: part, angle: text, signs })),
    mechanics: z.array(mechanic),
  })
  .parse(viralIdeas)

/** How a brand sounds, by its traits; `{=brand}` is its name. */
export const VOICES = z
  .record(
    z.enum(BRAND_TRAITS),
    z.strictObject({
      tone: pair(text),
      say: pair(text),
      avoid: pair(text),
      samples: z.strictObject({ welcome: text, news: text, mistake: text, thanks: text }),
    }),
  )
  .parse(voice)
