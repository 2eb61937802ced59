/** Replace this with your session code: it finds the user of the `__Host-session` cookie. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly firstname: string;
}

const users: ReadonlyMap<string, User> = new Map([
  ['example-session-id', { id: '42', email: 'ada@example.com', firstname: 'Ada' }],
]);

export async function findUser(request: Request): Promise<User | null> {
  const cookies = request.headers.get('cookie') ?? '';
  const id = /(?:^|;\s*)__Host-session=([^;]+)/.exec(cookies)?.[1];
  return users.get(id ?? '') ?? null;
}
