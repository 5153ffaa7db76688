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
 * Most wording of a server without a model, checked when it is loaded; short lines of a single drafter stand in its file.
 * `fillDraft` fills slots such as `{feature}` and `{=topic}`.
 */

const text = z.string().min(1)
const lines = z.array(z.string())
const part = z.number().min(0).max(1)
const pair = <Item extends z.ZodType>(item: Item) => z.tuple([item, item])
/** Words in a brief that select an entry, as alternatives; `*` stands for any ending. */
const signs = z
  .string()
  .transform((words) => new RegExp(String.raw`\b(?:${words.replaceAll('*', String.raw`\w*`)})\b`, 'gi'))

/** The number of an entry's signs in a text. */
export function countSigns(pattern: RegExp, written: string): number {
  return written.match(pattern)?.length ?? 0
}

const angle = z.strictObject({
  angle: text,
  promise: text,
  /** The first line, after "Topic: ". */
  hook: text,
  /** Prompts for the writer, in order. The part that quotes is left out when the brief has no phrase for it. */
  prompts: z.tuple([text, text, text]),
  visual: text,
  tones: z.array(z.enum(CONTENT_TONES)),
})
export type Angle = z.output<typeof angle>

/**
 * Editorial points of view, at least as many as a channel can have posts. Also the default call to action for each tone,
 * and the structure of a post on each channel.
 */
export const CONTENT = z
  .strictObject({
    angles: z.tuple([angle], angle),
    callsToAction: z.record(z.enum(CONTENT_TONES), text),
    channels: z.record(z.enum(SOCIAL_CHANNELS), z.strictObject({ format: text, lines })),
  })
  .parse(content)

/** Assets and mails for each stage of a funnel. The first mail goes out after that part of the campaign. */
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
  /** A question about the situation, because the brief does not tell it. */
  check: text,
  quote: text,
  goal: text,
  frustration: text,
  argument: text,
  objections: pair(z.strictObject({ objection: text, answer: text })),
})
export type PersonaVariant = z.output<typeof variant>
const trait = z.enum(Object.keys(AUDIENCE_TRAITS) as AudienceTrait[])

/**
 * Four ways to decide, quick or slow and by reason or by feeling. They follow the buyer modalities of Bryan and Jeffrey
 * Eisenberg ("Waiting for Your Cat to Bark?", 2006). Each has a variant for people new to the offer, and one for people
 * who have an alternative. Priors and affinities are assumptions of this demo.
 */
export const PERSONAS = z
  .strictObject({
    styles: z.record(
      z.enum(DECISION_STYLES),
      z.strictObject({
        label: text,
        before: text,
        /** The share of people who decide like this, without further knowledge. */
        prior: part,
        signs,
        touchpoints: z.record(z.enum(PERSONA_TOUCHPOINTS), part),
        variants: pair(variant),
      }),
    ),
    /** The addition to a place's affinity for each trait. */
    touchpointsByTrait: z.partialRecord(trait, z.partialRecord(z.enum(PERSONA_TOUCHPOINTS), z.number())),
    agesByTrait: z.partialRecord(trait, z.strictObject({ from: z.int(), to: z.int() })),
  })
  .parse(personas)

const format = z.enum(IDEA_FORMATS)
const effort = z.enum(IDEA_EFFORTS)

const lens = z.strictObject({ signs, benefit: text, proof: text, occasion: text, need: text })
export type Lens = z.output<typeof lens>
/** `shareability`: the likelihood that people pass it on, an assumption of this demo. */
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
 * Benefits of features, as laddering finds them ("and why does that matter to you?": Reynolds and Gutman, 1988), and the
 * forms that a feature can take. The list has more lenses than a product has features.
 */
export const PRODUCT_IDEAS = z
  .strictObject({
    lenses: z.tuple([lens], lens),
    mechanics: z.record(z.enum(PRODUCT_IDEA_KINDS), z.array(productMechanic)),
  })
  .parse(productIdeas)

const emotion = z.enum(VIRAL_EMOTIONS)
/** `emotions`: the feelings that the mechanic can cause, strongest first. `why`: the reason to pass it on. */
const mechanic = z.strictObject({
  key: text,
  emotions: z.tuple([emotion], emotion),
  format,
  effort,
  name: text,
  hook: text,
  outline: text,
  why: text,
})
export type Mechanic = z.output<typeof mechanic>

/**
 * Feelings, and the structures of posts that people pass on. `lift` is the rise in the likelihood of sharing for one
 * standard deviation more of a feeling. Anger, awe, anxiety and surprise follow Berger and Milkman, "What Makes Online
 * Content Viral?" (2012), figure 2. Amusement, pride and nostalgia were not measured separately there; they are our
 * guesses between surprise and awe.
 */
export const VIRAL_IDEAS = z
  .strictObject({
    emotions: z.record(emotion, z.strictObject({ lift: part, angle: text, signs })),
    mechanics: z.array(mechanic),
  })
  .parse(viralIdeas)

/** The sound of a brand by its traits; `{=brand}` is its name. */
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
