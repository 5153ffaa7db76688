import { createTaskScenario, type TaskScenario } from './task-scenario.js'
import type { ScenarioTask } from './to-scenario-task.js'

/** The tasks of `everything()`, with texts of catalog and generators in the user's language. */
function everyGroup(
  texts: Record<'plan' | 'kit' | 'personas' | 'retry' | 'reason' | 'content' | 'cause', string>,
): ScenarioTask[] {
  return [
    { title: texts.plan, progress: 62, remaining: 18 },
    { title: texts.kit, type: 'GENERATE_BRAND_KIT', createdAgo: 6 },
    {
      title: texts.retry,
      type: 'GENERATE_TRENDS',
      status: 'queued',
      progress: 34,
      startedAgo: 40,
      fields: { retryCount: 1, lastError: texts.reason, runAt: '2027-03-02T09:30:08.000Z' },
    },
    { title: texts.personas, type: 'AUTO_GENERATE_PERSONAS', status: 'queued', position: 3, createdAgo: 3 },
    {
      title: texts.content,
      type: 'GENERATE_CONTENT_PACKAGE',
      status: 'failed',
      progress: 45,
      createdAgo: 240,
      endedAgo: 120,
      fields: { lastError: texts.cause, errorCode: 'generator_failed' },
    },
  ]
}

/** `taskScenarios.everything()` in other languages, by locale. */
export const translatedScenarios = {
  de: () =>
    createTaskScenario(
      everyGroup({
        plan: 'Mediaplan: Frühlingsaktion',
        kit: 'Brand-Kit: Aurora',
        personas: 'Personas: Junge Eltern',
        retry: 'Trends: Sommergetränke',
        reason: 'Die Quelle hat nicht rechtzeitig geantwortet.',
        content: 'Content-Paket: Besser schlafen',
        cause: 'Das Textmodell hat viermal hintereinander keinen Beitrag geliefert.',
      }),
    ),
  ar: () =>
    createTaskScenario(
      everyGroup({
        plan: 'خطة إعلامية: تخفيضات الربيع',
        kit: 'هوية العلامة التجارية: Aurora',
        personas: 'شخصيات الجمهور: الآباء الجدد',
        retry: 'الاتجاهات: مشروبات الصيف',
        reason: 'لم يستجب المصدر في الوقت المحدد.',
        content: 'حزمة محتوى: نوم أفضل',
        cause: 'لم يقدّم نموذج النصوص أي منشور في أربع محاولات متتالية.',
      }),
    ),
} as const satisfies Record<string, () => TaskScenario>
