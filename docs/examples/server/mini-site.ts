import { signParticipantToken, type SignTokenOptions } from 'qualifio-campaign/server';
import { findUser } from './session.js';

const options: SignTokenOptions = {
  campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
  signing: {
    alg: 'RS256',
    kid: process.env['QUALIFIO_KEY_ID'] ?? '',
    key: process.env['QUALIFIO_PRIVATE_KEY'] ?? '',
  },
  issuer: 'com.publisher',
  expiresIn: 60,
};

/** The URL of the mini-site or the web view, as Qualifio gives it to you. */
const miniSite = 'https://jeux.publisher.com/contest';

/** A route that a link of your site or your app opens, such as `/play`. */
export async function GET(request: Request): Promise<Response> {
  const user = await findUser(request);
  if (!user) return Response.redirect('https://www.publisher.com/login?next=/play', 303);
  const participant = { sub: user.id, form: { email: user.email } };
  const to = new URL(miniSite);
  to.searchParams.set('qual_token', await signParticipantToken(options, '123456', participant));
  const headers = {
    Location: to.href,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  };
  return new Response(null, { status: 303, headers });
}
