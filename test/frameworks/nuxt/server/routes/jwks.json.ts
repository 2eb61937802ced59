export default defineEventHandler((event) => qualifio().jwksEndpoint(toWebRequest(event)));
