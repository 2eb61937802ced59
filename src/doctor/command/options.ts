/** What a command line asks to check. */
export interface DoctorOptions {
  readonly url: URL | undefined;
  readonly endpoint: URL | undefined;
  /** Numbers in tags. */
  readonly campaigns: readonly string[];
  /** Text of a `Cookie` header. */
  readonly cookie: string | undefined;
  readonly jwks: URL | undefined;
  /** PEM, or JWK as JSON. */
  readonly publicKey: string | undefined;
  readonly secret: Uint8Array | undefined;
  readonly tokenCampaign: string | undefined;
  /** Ids of the checks to run. */
  readonly chosen: ReadonlySet<string>;
}
