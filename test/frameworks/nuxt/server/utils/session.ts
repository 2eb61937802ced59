/** Replace this with your session: the user of a request, or null. */
export async function findUser(request: Request): Promise<{ id: string; name: string } | null> {
  const name = /(?:^|; )name=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  return name ? { id: '42', name: decodeURIComponent(name) } : null;
}
