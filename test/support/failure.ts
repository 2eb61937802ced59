import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioError, QualifioErrorEvent } from '../../src/index.js';
import { next } from './stage.js';

/** Inserts an element that cannot start, and returns its error. */
export async function failure(element: QualifioCampaign): Promise<QualifioError> {
  element.addEventListener('qualifio-error', (event) => event.preventDefault());
  const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
  document.body.append(element);
  const { error } = await failed;
  expect(element.status).to.equal('error');
  expect(element.error).to.equal(error);
  expect(element.frame).to.equal(null);
  return error;
}
