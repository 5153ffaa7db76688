/** Whose content is encrypted. The key, or the data that is authenticated with it, should depend on the tenant. */
export interface CodecContext {
  tenantId: string
}

/**
 * The app's encryption of what users and models write, as the payload codec of Temporal. Keys are the app's: this package
 * neither has nor makes any. Both functions may answer with promises.
 */
export interface PayloadCodec {
  /**
   * Called for each value that is stored: JSON, or the text of a failure. Must answer with another text each time, even for
   * equal values, and with one that names its key, so that keys can be replaced. A text that is at most a half longer keeps most
   * of a failure's words; base64url is a third longer.
   *
   * What it throws is answered as `store_unavailable`, so a worker keeps what it has to write and tries again.
   */
  encrypt(text: string, context: CodecContext): string | Promise<string>
  /**
   * Gives the text back, or throws when the key is unknown or the value was changed. Then this one task gets `content_unreadable`.
   */
  decrypt(encrypted: string, context: CodecContext): string | Promise<string>
}
