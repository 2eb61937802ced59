// Writes the Angular directives, dist/frameworks/angular.js, and their declarations to build/types/, from
// custom-elements.json, in the form in which Angular's own libraries are published. The build of an app
// compiles the rest, so this repository does not need Angular.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
const elements = modules.flatMap(({ declarations }) => declarations);
const comment = (text) => text.trim().replaceAll('\n', '\n     * ');

/** Returns the code and the declaration of the directive of a tag. */
function directive({ name, tagName, types, example, note = '' }) {
  const settings = elements
    .find((element) => element.tagName === tagName)
    .members.filter((member) => member.kind === 'field' && !member.static && !member.readonly);
  /** Each input: the name of a property or of an attribute, and its type. */
  const inputs = settings.flatMap((setting) => {
    const { attribute, description } = setting;
    const type = `${types}${attribute ? 'Props' : 'Properties'}['${setting.name}']`;
    return [...new Set([setting.name, attribute ?? setting.name])].map((input) => ({
      ...{ input, type, description },
    }));
  });
  const lines = (write) => inputs.map(write).join('');
  const about = `
/**
 * The directive that \`<${tagName}>\` needs in an Angular template. Events have the types of the
 * element's own events. A template variable on the tag, such as \`#campaign\`, is the element.${note}
 *
 * @example
 * \\@Component({
 *   imports: [${name}],
 *   template: \`${example}\`,
 * })
 */
`;
  const code = `${about}export class ${name} extends ElementInputs {
}
${name}.ɵfac = i0.ɵɵngDeclareFactory({
    minVersion: '12.0.0', version: '16.0.0', ngImport: i0, type: ${name},
    deps: [{ token: i0.ElementRef }], target: i0.ɵɵFactoryTarget.Directive,
});
${name}.ɵdir = i0.ɵɵngDeclareDirective({
    minVersion: '14.0.0', version: '16.0.0', ngImport: i0, type: ${name},
    isStandalone: true, selector: '${tagName}',
    inputs: {
${lines(({ input }) => `        '${input}': '${input}',\n`)}    },
});
`;
  const declaration = `${about}export declare class ${name} extends ElementInputs {
${lines(({ input, type, description }) => `    /** ${comment(description)} */\n    '${input}': ${type};\n`)}    static ɵfac: i0.ɵɵFactoryDeclaration<${name}, never>;
    static ɵdir: i0.ɵɵDirectiveDeclaration<${name}, '${tagName}', never, {
${lines(({ input }) => `        '${input}': { alias: '${input}'; required: false };\n`)}    }, {}, never, never, true, never>;
}
`;
  return { code, declaration };
}

const directives = [
  directive({
    name: 'QualifioCampaign',
    tagName: 'qualifio-campaign',
    types: 'Campaign',
    example: '<qualifio-campaign campaign-id="123456" [tokenProvider]="requestToken" />',
  }),
  directive({
    name: 'QualifioSignIn',
    tagName: 'qualifio-sign-in',
    types: 'SignIn',
    example: '<qualifio-sign-in auth-endpoint="/qualifio/token" login-url="/login" />',
    note: `
 * The app defines the element with \`import 'qualifio-campaign/sign-in'\`.`,
  }),
];
const shared = `export { QualifioCampaign as QualifioCampaignElement } from '../element/qualifio-campaign.js';
export * from '../events.js';
`;

mkdirSync('dist/frameworks', { recursive: true });
writeFileSync(
  'dist/frameworks/angular.js',
  `import '../define.js';
import * as i0 from '@angular/core';
import { ElementInputs } from './element-inputs.js';
${shared}export { QualifioError } from '../errors.js';
${directives.map(({ code }) => code).join('')}`,
);

writeFileSync(
  'build/types/frameworks/angular.d.ts',
  `import '../define.js';
import * as i0 from '@angular/core';
import type { CampaignProperties, CampaignProps } from './campaign-attributes.js';
import { ElementInputs } from './element-inputs.js';
import type { SignInProperties, SignInProps } from './sign-in-attributes.js';
${shared}export { QualifioError, type QualifioErrorCode, type QualifioErrorPhase } from '../errors.js';
export type { QualifioSignIn as QualifioSignInElement } from '../sign-in/index.js';
export type { CampaignStrings } from '../element/strings/campaign-strings.js';
export type { TokenProvider, TokenReason, TokenRequest } from '../token/token-source.js';
${directives.map(({ declaration }) => declaration).join('')}`,
);
