/** Replace this with your login, which sets an `HttpOnly` cookie. */
export async function logIn(name: string): Promise<void> {
  document.cookie = `name=${encodeURIComponent(name)}; path=/; SameSite=Lax`;
}
