/** An answer of the token endpoint that is stored on this device. */
export interface StoredAnswer {
  /** Name of the cache that contains it. */
  readonly cache: string;
  /** Its `Date`, in milliseconds since the epoch; `NaN` if it has none, or the page may not read it. */
  readonly date: number;
}

/**
 * Finds the answers of an endpoint in this site's caches, whatever their query. Service workers store
 * them there, even with `no-store`. Does not read their bodies.
 */
export async function storedAnswers({ href }: URL): Promise<readonly StoredAnswer[]> {
  const answersIn = async (cache: string): Promise<readonly StoredAnswer[]> => {
    const options = { ignoreSearch: true, ignoreVary: true };
    const answers = await (await caches.open(cache)).matchAll(href, options);
    return answers.map(({ headers }) => ({ cache, date: Date.parse(headers.get('Date') ?? '') }));
  };
  try {
    return (await Promise.all((await caches.keys()).map(answersIn))).flat();
  } catch {
    // Pages on plain http have no caches; pages without an origin may not use them.
    return [];
  }
}
