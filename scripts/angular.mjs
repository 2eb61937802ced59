// Writes the Angular directive, dist/frameworks/angular.js, and its declarations to build/types/, from
// custom-elements.json, in the form in which Angular's own libraries are published. The build of an app
// compiles the rest, so this repository does not need Angular.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
const element = modules
  .flatMap(({ declarations }) => declarations)
  .find(({ tagName }) => tagName === 'qualifio-campaign');
const settings = element.members.filter(
  (member) => member.kind === 'field' && !member.static && !member.readonly,
);

/** Each input: the name of a property or of an attribute, and its type. */
const inputs = settings.flatMap(({ name, attribute, description }) => {
  const type = `${attribute ? 'CampaignProps' : 'CampaignProperties'}['${name}']`;
  return [...new Set([name, attribute ?? name])].map((input) => ({ input, type, description }));
});
const lines = (write) => inputs.map(write).join('');
const comment = (text) => text.trim().replaceAll('\n', '\n     * ');

const about = `/**
 * The directive that \`<qualifio-campaign>\` needs in an Angular template. Events have the types of the
 * element's own events. A template variable on the tag, such as \`#campaign\`, is the element.
 *
 * @example
 * \\@Component({
 *   imports: [QualifioCampaign],
 *   template: \`<qualifio-campaign campaign-id="123456" [tokenProvider]="requestToken" />\`,
 * })
 */
`;
const shared = `export { QualifioCampaign as QualifioCampaignElement } from '../element/qualifio-campaign.js';
export * from '../events.js';
`;

mkdirSync('dist/frameworks', { recursive: true });
writeFileSync(
  'dist/frameworks/angular.js',
  `import '../define.js';
import * as i0 from '@angular/core';
import { CampaignInputs } from './campaign-inputs.js';
${shared}export { QualifioError } from '../errors.js';
${about}export class QualifioCampaign extends CampaignInputs {
}
QualifioCampaign.ɵfac = i0.ɵɵngDeclareFactory({
    minVersion: '12.0.0', version: '16.0.0', ngImport: i0, type: QualifioCampaign,
    deps: [{ token: i0.ElementRef }], target: i0.ɵɵFactoryTarget.Directive,
});
QualifioCampaign.ɵdir = i0.ɵɵngDeclareDirective({
    minVersion: '14.0.0', version: '16.0.0', ngImport: i0, type: QualifioCampaign,
    isStandalone: true, selector: 'qualifio-campaign',
    inputs: {
${lines(({ input }) => `        '${input}': '${input}',\n`)}    },
});
`,
);

writeFileSync(
  'build/types/frameworks/angular.d.ts',
  `import '../define.js';
import * as i0 from '@angular/core';
import type { CampaignProperties, CampaignProps } from './campaign-attributes.js';
import { CampaignInputs } from './campaign-inputs.js';
${shared}export { QualifioError, type QualifioErrorCode, type QualifioErrorPhase } from '../errors.js';
export type { CampaignStrings } from '../element/strings/campaign-strings.js';
export type { TokenProvider, TokenReason, TokenRequest } from '../token/token-source.js';
${about}export declare class QualifioCampaign extends CampaignInputs {
${lines(({ input, type, description }) => `    /** ${comment(description)} */\n    '${input}': ${type};\n`)}    static ɵfac: i0.ɵɵFactoryDeclaration<QualifioCampaign, never>;
    static ɵdir: i0.ɵɵDirectiveDeclaration<QualifioCampaign, 'qualifio-campaign', never, {
${lines(({ input }) => `        '${input}': { alias: '${input}'; required: false };\n`)}    }, {}, never, never, true, never>;
}
`,
);
