import { foundName } from '../input/kind-of.js';
import { isEmpty, optionError } from '../input/option-error.js';

const keyId = /^[A-Za-z0-9._~-]{1,64}$/;

/**
 * The key id, or undefined if there is none. It may contain only a URL's unreserved characters, so
 * no reader of the header can mistake it for a path or a query.
 * @throws {TypeError} naming `option`
 */
export function readKeyId(option: string, kid: unknown): string | undefined {
  if (kid === undefined) return undefined;
  if (typeof kid === 'string' && keyId.test(kid)) return kid;
  if (kid === '') throw optionError(option, isEmpty);
  throw optionError(
    option,
    `must have 1 to 64 characters from A-Z a-z 0-9 . _ ~ -, not ${foundName(kid)}`,
  );
}
