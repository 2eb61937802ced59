export default defineEventHandler((event) => qualifio().tokenEndpoint(toWebRequest(event)));
