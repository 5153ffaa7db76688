import { draftPersonas } from '../drafter/draft-personas.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { findPrevious } from './find-previous.ts'
import { keepEntries, keepFields } from './keep-written.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * Personas of an audience: segments are the groups of the brief × four ways to decide (Eisenberg), with shares by the
 * largest remainder method. Touchpoints are affinities of style and traits, and phrases about the people are quoted. A
 * model writes names, stories and messages; shares, ages and affinities stay computed. Personas that follow a brand kit are
 * told the brand's promise first.
 */
export function createPersonasGenerator(options: GeneratorOptions = {}): BrandGenerator<'AUTO_GENERATE_PERSONAS'> {
  return async (context) => {
    const { taskId, payload } = context
    const promise = findPrevious(context.previous, 'GENERATE_BRAND_KIT')?.essence.promise
    const { run, runItems, provenance } = createStepRunner('AUTO_GENERATE_PERSONAS', context, options)
    const drafts = draftPersonas(payload)

    const segments = await run('segments', {
      compute: () => drafts.map(({ segment }) => segment),
      write: {
        task: 'Give every segment a telling name and the traits that matter for the offer.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'personaKey', take: ['name', 'traits'] }),
      },
      show: (soFar) => ({ segments: soFar }),
    })

    const profiles = await runItems('profiles', {
      drafts: drafts.map(({ profile }) => profile),
      keyOf: ({ personaKey }) => personaKey,
      write: {
        task: 'Make the profile a person one could meet: occupation, story, quote, goals and frustrations that follow from the audience.',
        keep: (draft, written) =>
          keepFields(draft, written, ['name', 'occupation', 'story', 'quote', 'goals', 'frustrations']),
      },
      show: (soFar) => ({ personas: soFar }),
    })

    const touchpoints = await run('touchpoints', {
      compute: () =>
        drafts.map(({ segment: { personaKey }, touchpoints: rated }) => ({ personaKey, touchpoints: rated })),
    })

    const messages = await runItems('messages', {
      drafts: drafts.map(({ segment: { personaKey }, messages: drafted }) => ({
        personaKey,
        messages: promise ? { ...drafted, arguments: [promise, ...drafted.arguments] } : drafted,
      })),
      keyOf: ({ personaKey }) => personaKey,
      write: {
        task: 'Phrase for the persona what convinces, and what keeps them from buying with an answer to it. Promise nothing that the offer does not say.',
        keep: (draft, written) => keepFields(draft, written, ['messages']),
      },
    })

    return {
      personaSetId: `personas-${taskId}`,
      audienceName: payload.audienceName,
      segments,
      personas: profiles.map((profile) =>
        Object.assign({}, profile, {
          touchpoints: touchpoints.find(({ personaKey }) => personaKey === profile.personaKey)?.touchpoints ?? [],
          messages: messages.find(({ personaKey }) => personaKey === profile.personaKey)?.messages ?? {
            arguments: [profile.quote],
            objections: [],
          },
        }),
      ),
      ...provenance(),
    }
  }
}
