/** Astro's checker looks up a tag's attributes in `astroHTML.JSX`, and so does this file. */
import type {} from 'qualifio-campaign/astro';

type Tags = astroHTML.JSX.IntrinsicElements;

export const right: Tags['qualifio-campaign'] = {
  'campaign-id': 123456,
  loading: 'lazy',
  'prefetch-token': true,
};

export const signIn: Tags['qualifio-sign-in'] = {
  'auth-endpoint': '/qualifio/token',
  'login-target': 'window',
  'token-timeout': 5000,
};

export const wrong: Tags['qualifio-campaign'][] = [
  // @ts-expect-error a loading that does not exist
  { loading: 'soon' },
  // @ts-expect-error what can be set only as a property
  { strings: {} },
];

export const wrongSignIn: Tags['qualifio-sign-in'][] = [
  // @ts-expect-error a target that does not exist
  { 'login-target': 'tab' },
  // @ts-expect-error an attribute of the other element
  { 'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6' },
];
