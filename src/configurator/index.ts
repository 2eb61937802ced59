/**
 * Defines `<qualifio-configurator>`, and shows the campaign on the page of its preview. The demo and
 * the simulator's first page load it; users do not import it.
 */
import docs from 'package:docs';
import release from 'package:release';
import { showPreview } from './preview.js';
import { QualifioConfigurator } from './qualifio-configurator.js';

QualifioConfigurator.docs = docs;
QualifioConfigurator.release = release;
customElements.define('qualifio-configurator', QualifioConfigurator);

const place = document.querySelector<HTMLElement>('[data-campaign-preview]');
if (place) {
  void customElements
    .whenDefined('qualifio-campaign')
    .then(() => showPreview(place, location.hash));
}
