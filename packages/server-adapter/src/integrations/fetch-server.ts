/** Anything with a fetch-style handler, such as a `TaskServer`. */
export interface FetchServer {
  handler(request: Request): Promise<Response>
}
