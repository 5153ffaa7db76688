/** Anything with a fetch-style handler: a `TaskServer`. */
export interface FetchServer {
  handler(request: Request): Promise<Response>
}
