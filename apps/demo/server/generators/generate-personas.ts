import { draftPersonas } from '../drafter/draft-personas.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { keepEntries } from './keep-written.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * Personas of an audience: segments are the groups of the brief × four ways to decide (Eisenberg), with shares by the
 * largest remainder method. Touchpoints are affinities of style and traits, and phrases about the people are quoted. A
 * model writes names, stories and messages; shares, ages and affinities stay computed.
 */
export function createPersonasGenerator(options: GeneratorOptions = {}): BrandGenerator<'AUTO_GENERATE_PERSONAS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { run, usage } = createStepRunner('AUTO_GENERATE_PERSONAS', context, options)
    const drafts = draftPersonas(payload)

    const segments = await run('segments', {
      compute: () => drafts.map(({ segment }) => segment),
      write: {
        task: 'Give every segment a telling name and the traits that matter for the offer.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'personaKey', take: ['name', 'traits'] }),
      },
      show: (soFar) => ({ segments: soFar }),
    })

    const profiles = await run('profiles', {
      compute: () => drafts.map(({ profile }) => profile),
      write: {
        task: 'Make each profile a person one could meet: occupation, story, quote, goals and frustrations that follow from the audience.',
        keep: (draft, written) =>
          keepEntries(draft, written, {
            by: 'personaKey',
            take: ['name', 'occupation', 'story', 'quote', 'goals', 'frustrations'],
          }),
      },
      show: (soFar) => ({ personas: soFar }),
    })

    const touchpoints = await run('touchpoints', {
      compute: () =>
        drafts.map(({ segment: { personaKey }, touchpoints: rated }) => ({ personaKey, touchpoints: rated })),
    })

    const messages = await run('messages', {
      compute: () =>
        drafts.map(({ segment: { personaKey }, messages: drafted }) => ({ personaKey, messages: drafted })),
      write: {
        task: 'Phrase for each persona what convinces, and what keeps them from buying with an answer to it. Promise nothing that the offer does not say.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'personaKey', take: ['messages'] }),
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
      ...usage(),
    }
  }
}
