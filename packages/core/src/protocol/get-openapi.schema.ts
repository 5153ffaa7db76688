import * as z from 'zod'

/** `GET ?action=openapi`: this protocol as an OpenAPI 3.1 document. */
export const getOpenapiSchema = {
  request: z.strictObject({}),
  response: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
}
