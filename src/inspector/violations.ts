/** What the page's policy has blocked. */
export type Violations = readonly Pick<
  SecurityPolicyViolationEvent,
  'blockedURI' | 'effectiveDirective'
>[];

/** The directives that can block a frame. */
export const framing: RegExp = /^(frame|child)-src/;

/** Whether a directive has blocked an address of `origin`. A violation names the whole address, or only its origin. */
export function isBlocked(
  violations: Violations,
  directive: RegExp,
  origin: string | undefined,
): boolean {
  return violations.some(
    ({ effectiveDirective, blockedURI }) =>
      directive.test(effectiveDirective) &&
      URL.canParse(blockedURI) &&
      new URL(blockedURI).origin === origin,
  );
}
